// Program types prints, as JSON, how the Go types of what a kube-apiserver serves are written as JSON and as protobuf:
// `go run ./types < KINDS`. Its input is a list of lines `GROUP/VERSION KIND`, `v1 Pod` of the core group. With the argument
// `samples` it prints objects of these kinds, as JSON and as protobuf.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strconv"
	"strings"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/kubernetes/scheme"
	apiregistration "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
)

// A field of a struct. Its type is a scalar of Go or the name of a struct.
type field struct {
	Name      string `json:"name"`
	Number    int    `json:"number"`
	Type      string `json:"type"`
	List      bool   `json:"list,omitempty"`
	Map       bool   `json:"map,omitempty"`
	Pointer   bool   `json:"pointer,omitempty"`
	OmitEmpty bool   `json:"omitEmpty,omitempty"`
	OmitZero  bool   `json:"omitZero,omitempty"`
	Inline    bool   `json:"inline,omitempty"`
	Strategy  string `json:"strategy,omitempty"`
	MergeKey  string `json:"mergeKey,omitempty"`
}

type output struct {
	Kinds map[string]string  `json:"kinds"`
	Types map[string][]field `json:"types"`
}

type message interface{ Unmarshal([]byte) error }

var messageType = reflect.TypeOf((*message)(nil)).Elem()

func isMessage(t reflect.Type) bool { return reflect.PointerTo(t).Implements(messageType) }

func nameOf(t reflect.Type) string {
	return strings.Replace(t.PkgPath(), "k8s.io/", "io.k8s.", 1) + "." + t.Name()
}

func (o *output) typeName(t reflect.Type) string {
	name := strings.ReplaceAll(nameOf(t), "/", ".")
	if _, known := o.Types[name]; known {
		return name
	}
	o.Types[name] = []field{}
	if t.Kind() != reflect.Struct {
		// A list that is a message of its own has its items in field 1.
		o.Types[name] = []field{{Name: "items", Number: 1, Type: o.scalar(t.Elem()), List: true, Inline: true}}
		return name
	}
	fields := []field{}
	for i := 0; i < t.NumField(); i++ {
		if f, ok := o.field(t.Field(i)); ok {
			fields = append(fields, f)
		}
	}
	o.Types[name] = fields
	return name
}

func (o *output) scalar(t reflect.Type) string {
	if t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 {
		return "bytes"
	}
	if isMessage(t) {
		return o.typeName(t)
	}
	switch t.Kind() {
	case reflect.String, reflect.Bool, reflect.Int32, reflect.Int64, reflect.Float64:
		return t.Kind().String()
	}
	panic(fmt.Sprintf("%v: no field is known of this type", t))
}

func (o *output) field(f reflect.StructField) (field, bool) {
	tag := strings.Split(f.Tag.Get("json"), ",")
	proto := strings.Split(f.Tag.Get("protobuf"), ",")
	if len(proto) < 2 || tag[0] == "-" {
		return field{}, false
	}
	number, err := strconv.Atoi(proto[1])
	if err != nil {
		panic(err)
	}
	r := field{Name: tag[0], Number: number, Strategy: f.Tag.Get("patchStrategy"), MergeKey: f.Tag.Get("patchMergeKey")}
	for _, word := range tag[1:] {
		r.OmitEmpty = r.OmitEmpty || word == "omitempty"
		r.OmitZero = r.OmitZero || word == "omitzero"
		r.Inline = r.Inline || word == "inline"
	}
	if r.Name == "" && !r.Inline {
		// Seen: `json:",omitempty"`; Go's name is that of JSON.
		r.Name = f.Name
	}
	t := f.Type
	if t.Kind() == reflect.Pointer {
		r.Pointer = true
		t = t.Elem()
	}
	switch {
	case isMessage(t):
	case t.Kind() == reflect.Map:
		r.Map = true
		t = t.Elem()
	case t.Kind() == reflect.Slice && t.Elem().Kind() != reflect.Uint8:
		r.List = true
		t = t.Elem()
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	r.Type = o.scalar(t)
	return r, true
}

func main() {
	for _, add := range []func(*runtime.Scheme) error{apiextensions.AddToScheme, apiregistration.AddToScheme} {
		if err := add(scheme.Scheme); err != nil {
			panic(err)
		}
	}
	var kinds []schema.GroupVersionKind
	var lines []string
	for input := bufio.NewScanner(os.Stdin); input.Scan(); {
		words := strings.Fields(input.Text())
		version, err := schema.ParseGroupVersion(words[0])
		if err != nil {
			panic(err)
		}
		kinds = append(kinds, version.WithKind(words[1]))
		lines = append(lines, input.Text())
	}
	if len(os.Args) > 1 && os.Args[1] == "samples" {
		samples(kinds)
		return
	}
	o := output{Kinds: map[string]string{}, Types: map[string][]field{}}
	for i, kind := range kinds {
		object, err := scheme.Scheme.New(kind)
		if err != nil {
			panic(err)
		}
		o.Kinds[lines[i]] = o.typeName(reflect.TypeOf(object).Elem())
	}
	if err := json.NewEncoder(os.Stdout).Encode(o); err != nil {
		panic(err)
	}
}

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/runtime/serializer/protobuf"
	"k8s.io/client-go/kubernetes/scheme"
)

// A sample is an object as protobuf and as JSON.
type sample struct {
	Kind     string          `json:"kind"`
	Protobuf []byte          `json:"protobuf"`
	JSON     json.RawMessage `json:"json"`
}

// fill points each pointer to what is zero, and puts one such item into each list and map.
func fill(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Pointer:
		if depth > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(v.Elem(), depth-1)
		}
	case reflect.Slice:
		if depth > 0 && v.Type().Elem().Kind() != reflect.Uint8 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			fill(v.Index(0), depth-1)
		}
	case reflect.Map:
		if depth > 0 {
			item := reflect.New(v.Type().Elem()).Elem()
			fill(item, depth-1)
			v.Set(reflect.MakeMap(v.Type()))
			v.SetMapIndex(reflect.New(v.Type().Key()).Elem(), item)
		}
	case reflect.Struct:
		switch v.Type().Name() {
		case "Time", "MicroTime", "Quantity", "RawExtension", "FieldsV1", "JSON":
			return
		}
		for i := 0; i < v.NumField(); i++ {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), depth)
			}
		}
	}
}

// samples prints, a line each, an object of each kind that is empty, and one with as much of what is zero as it can have.
func samples(kinds []schema.GroupVersionKind) {
	encoder := protobuf.NewSerializer(scheme.Scheme, scheme.Scheme)
	out := json.NewEncoder(os.Stdout)
	for _, kind := range kinds {
		for _, depth := range []int{0, 4} {
			object, err := scheme.Scheme.New(kind)
			if err != nil {
				panic(err)
			}
			fill(reflect.ValueOf(object).Elem(), depth)
			object.GetObjectKind().SetGroupVersionKind(kind)
			var written bytes.Buffer
			if err := encoder.Encode(object.(runtime.Object), &written); err != nil {
				panic(err)
			}
			// What is nil may be read as what is empty.
			read, _, err := encoder.Decode(written.Bytes(), &kind, nil)
			if err != nil {
				panic(err)
			}
			read.GetObjectKind().SetGroupVersionKind(kind)
			text, err := json.Marshal(read)
			if err != nil {
				panic(err)
			}
			if err := out.Encode(sample{kind.String(), written.Bytes(), text}); err != nil {
				panic(err)
			}
		}
	}
}

// Watches heartbeat objects with informers of default options. It speaks the line protocol of scripts/recovery/line-protocol.ts.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

const heartbeat = "heartbeat"

type sighting struct {
	Namespace string `json:"namespace"`
	Sequence  int64  `json:"sequence"`
	At        int64  `json:"at"`
}

type report struct {
	Seen        []sighting        `json:"seen"`
	Objects     map[string]string `json:"objects"`
	Connections int64             `json:"connections"`
	Requests    int64             `json:"requests"`
	Lists       int64             `json:"lists"`
	Headless    int64             `json:"headless"`
	Throttled   int64             `json:"throttled"`
}

// What is asked of the network: by a dialer and a round tripper, below all that repeats requests.
type counts struct {
	connections, requests, lists, headless, throttled atomic.Int64
	next                                              http.RoundTripper
}

func (c *counts) dial(ctx context.Context, network, address string) (net.Conn, error) {
	c.connections.Add(1)
	// What client-go dials with where it is given nothing.
	dialer := net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}
	return dialer.DialContext(ctx, network, address)
}

func (c *counts) RoundTrip(request *http.Request) (*http.Response, error) {
	c.requests.Add(1)
	query := request.URL.Query()
	if query.Get("watch") == "" || query.Get("sendInitialEvents") == "true" {
		c.lists.Add(1)
	}
	var connected atomic.Bool
	trace := httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected.Store(true) }}
	response, err := c.next.RoundTrip(request.WithContext(httptrace.WithClientTrace(request.Context(), &trace)))
	if err != nil && connected.Load() {
		c.headless.Add(1)
	}
	if err == nil && response.StatusCode == http.StatusTooManyRequests {
		c.throttled.Add(1)
	}
	return response, err
}

type sightings struct {
	sync.Mutex
	all []sighting
}

func (s *sightings) see(object any) {
	accessor, err := meta.Accessor(object)
	if err != nil || accessor.GetName() != heartbeat {
		return
	}
	var text string
	switch object := object.(type) {
	case *corev1.ConfigMap:
		text = object.Data["sequence"]
	case *unstructured.Unstructured:
		text, _, _ = unstructured.NestedString(object.Object, "data", "sequence")
	}
	sequence, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return
	}
	s.Lock()
	defer s.Unlock()
	s.all = append(s.all, sighting{accessor.GetNamespace(), sequence, time.Now().UnixMilli()})
}

// Arguments: the resource as `version/plural` or `group/version/plural`, and the namespaces, each watched on its own.
func main() {
	resource, namespaces := os.Args[1], os.Args[2:]
	counted := &counts{}
	config, err := clientcmd.BuildConfigFromFlags("", os.Getenv("KUBECONFIG"))
	check(err)
	config.Dial = counted.dial
	config.Wrap(func(next http.RoundTripper) http.RoundTripper {
		counted.next = next
		return counted
	})
	seen := &sightings{}
	handler := cache.ResourceEventHandlerFuncs{
		AddFunc:    seen.see,
		UpdateFunc: func(_, object any) { seen.see(object) },
	}
	ctx := context.Background()
	var all []cache.SharedIndexInformer
	for _, informer := range informersOf(config, resource, namespaces) {
		_, err := informer.AddEventHandler(handler)
		check(err)
		go informer.RunWithContext(ctx)
		all = append(all, informer)
	}
	for _, informer := range all {
		if !cache.WaitForCacheSync(ctx.Done(), informer.HasSynced) {
			check(fmt.Errorf("a cache did not sync"))
		}
	}
	fmt.Println("synced")

	commands := bufio.NewScanner(os.Stdin)
	for commands.Scan() {
		if commands.Text() != "report" {
			continue
		}
		objects := map[string]string{}
		for _, informer := range all {
			for _, object := range informer.GetStore().List() {
				accessor, err := meta.Accessor(object.(runtime.Object))
				check(err)
				objects[accessor.GetNamespace()+"/"+accessor.GetName()] = accessor.GetResourceVersion()
			}
		}
		seen.Lock()
		text, err := json.Marshal(report{
			Seen:        seen.all,
			Objects:     objects,
			Connections: counted.connections.Load(),
			Requests:    counted.requests.Load(),
			Lists:       counted.lists.Load(),
			Headless:    counted.headless.Load(),
			Throttled:   counted.throttled.Load(),
		})
		seen.Unlock()
		check(err)
		fmt.Println("report", string(text))
	}
}

// Typed ones for ConfigMaps, dynamic ones for anything else.
func informersOf(config *rest.Config, resource string, namespaces []string) []cache.SharedIndexInformer {
	words := strings.Split(resource, "/")
	var result []cache.SharedIndexInformer
	if resource == "v1/configmaps" {
		clientset, err := kubernetes.NewForConfig(config)
		check(err)
		for _, namespace := range namespaces {
			factory := informers.NewSharedInformerFactoryWithOptions(clientset, 0, informers.WithNamespace(namespace))
			result = append(result, factory.Core().V1().ConfigMaps().Informer())
		}
		return result
	}
	client, err := dynamic.NewForConfig(config)
	check(err)
	gvr := schema.GroupVersionResource{Group: words[0], Version: words[1], Resource: words[2]}
	for _, namespace := range namespaces {
		factory := dynamicinformer.NewFilteredDynamicSharedInformerFactory(client, 0, namespace, nil)
		result = append(result, factory.ForResource(gvr).Informer())
	}
	return result
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Measures a SharedIndexInformer of all pods. It speaks the line protocol of bench/side-by-side/line-protocol.ts.
package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

// The annotation that a measured update carries: `SEQUENCE.MICROSECONDS`, the time when it was sent.
const marker = "marker"

// The handler runs in another goroutine than the commands.
type markers struct {
	sync.Mutex
	latencies []int64
	expected  int
}

func (m *markers) see(pod *corev1.Pod) {
	text := pod.Annotations[marker]
	_, sent, ok := strings.Cut(text, ".")
	if !ok {
		return
	}
	at, err := strconv.ParseInt(sent, 10, 64)
	if err != nil {
		return
	}
	m.Lock()
	defer m.Unlock()
	m.latencies = append(m.latencies, time.Now().UnixMicro()-at)
	if m.expected > 0 && len(m.latencies) == m.expected {
		fmt.Println("seen", m.expected)
	}
}

func main() {
	config, err := clientcmd.BuildConfigFromFlags("", os.Getenv("KUBECONFIG"))
	check(err)
	config.ContentType = os.Args[1]
	config.AcceptContentTypes = os.Args[1] + ",application/json"
	// The limits of a client are for what it asks in a loop; an informer asks once.
	clientset, err := kubernetes.NewForConfig(config)
	check(err)
	factory := informers.NewSharedInformerFactory(clientset, 0)
	informer := factory.Core().V1().Pods().Informer()
	seen := &markers{}
	ctx := context.Background()

	fmt.Println("ready")
	commands := bufio.NewScanner(os.Stdin)
	for commands.Scan() {
		words := strings.Fields(commands.Text())
		switch words[0] {
		case "start":
			_, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{
				UpdateFunc: func(_, pod any) { seen.see(pod.(*corev1.Pod)) },
			})
			check(err)
			factory.Start(ctx.Done())
			if !cache.WaitForCacheSync(ctx.Done(), informer.HasSynced) {
				check(fmt.Errorf("the cache did not sync"))
			}
			fmt.Println("synced", len(informer.GetStore().ListKeys()))
		case "gc":
			runtime.GC()
			debug.FreeOSMemory()
			var memory runtime.MemStats
			runtime.ReadMemStats(&memory)
			fmt.Println("heap", memory.HeapAlloc)
		case "expect":
			count, err := strconv.Atoi(words[1])
			check(err)
			seen.Lock()
			seen.expected = count
			seen.latencies = nil
			seen.Unlock()
			fmt.Println("expecting")
		case "latencies":
			seen.Lock()
			fmt.Println("latencies", strings.Trim(fmt.Sprint(seen.latencies), "[]"))
			seen.Unlock()
		}
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

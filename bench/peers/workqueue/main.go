// Go's work queues, measured as bench/workqueue.ts measures kuberx's: client-go's and controller-runtime's priority queue.
// It prints one line of JSON, in nanoseconds for each key.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-logr/logr"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/util/workqueue"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/controller/priorityqueue"
	"sigs.k8s.io/controller-runtime/pkg/reconcile"
	"sigs.k8s.io/controller-runtime/pkg/source"
)

type result struct {
	// The cost of add, get and done, by the number of keys.
	Keys map[string]costs `json:"keys"`
	// The cost of one run, by the number of workers.
	Runs map[string]costs `json:"runs"`
}

type costs struct {
	ClientGo          int64 `json:"clientGo"`
	ControllerRuntime int64 `json:"controllerRuntime"`
}

const (
	rounds  = 5
	runKeys = 100_000
)

func main() {
	all := result{Keys: map[string]costs{}, Runs: map[string]costs{}}
	for _, size := range []int{1_000, 100_000, 1_000_000} {
		keys := make([]string, size)
		for index := range keys {
			keys[index] = fmt.Sprintf("default/key-%d", index)
		}
		all.Keys[fmt.Sprint(size)] = costs{
			ClientGo: least(size, func() {
				drain(workqueue.NewTyped[string](), keys)
			}),
			ControllerRuntime: least(size, func() {
				drain(priorityqueue.New[string]("bench", func(o *priorityqueue.Opts[string]) { o.Log = logr.Discard() }), keys)
			}),
		}
	}
	for _, workers := range []int{1, 10, 1000} {
		all.Runs[fmt.Sprint(workers)] = costs{
			ClientGo:          leastOf(func() int64 { return clientGoRuns(workers) }),
			ControllerRuntime: leastOf(func() int64 { return controllerRuntimeRuns(workers) }),
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(all); err != nil {
		panic(err)
	}
}

// least returns the best of several times, for each key.
func least(count int, work func()) int64 {
	repeats := max(1, 200_000/count)
	return leastOf(func() int64 {
		begun := time.Now()
		for range repeats {
			work()
		}
		return time.Since(begun).Nanoseconds() / int64(repeats) / int64(count)
	})
}

func leastOf(measure func() int64) int64 {
	best := int64(math.MaxInt64)
	for range rounds {
		runtime.GC()
		best = min(best, measure())
	}
	return best
}

func drain(queue workqueue.TypedInterface[string], keys []string) {
	for _, key := range keys {
		queue.Add(key)
	}
	for range keys {
		key, _ := queue.Get()
		queue.Done(key)
	}
	queue.ShutDown()
}

// clientGoRuns is the loop of client-go's sample controller, over a rate limiting queue.
func clientGoRuns(workers int) int64 {
	queue := workqueue.NewTypedRateLimitingQueue(workqueue.DefaultTypedControllerRateLimiter[string]())
	var left atomic.Int64
	left.Store(runKeys)
	var running sync.WaitGroup
	begun := time.Now()
	for range workers {
		running.Go(func() {
			for {
				key, shutdown := queue.Get()
				if shutdown {
					return
				}
				queue.Forget(key)
				queue.Done(key)
				if left.Add(-1) == 0 {
					queue.ShutDown()
				}
			}
		})
	}
	for index := range runKeys {
		queue.Add(fmt.Sprintf("default/key-%d", index))
	}
	running.Wait()
	return time.Since(begun).Nanoseconds() / runKeys
}

// controllerRuntimeRuns is a whole controller, with its default queue, a source of keys, and logs that are thrown away.
func controllerRuntimeRuns(workers int) int64 {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var left atomic.Int64
	left.Store(runKeys)
	skip := true
	wanted, err := controller.NewTypedUnmanaged("bench", controller.Options{
		MaxConcurrentReconciles: workers,
		SkipNameValidation:      &skip,
		Logger:                  logr.Discard(),
		Reconciler: reconcile.Func(func(context.Context, reconcile.Request) (reconcile.Result, error) {
			if left.Add(-1) == 0 {
				stop()
			}
			return reconcile.Result{}, nil
		}),
	})
	if err != nil {
		panic(err)
	}
	err = wanted.Watch(source.Func(func(_ context.Context, queue workqueue.TypedRateLimitingInterface[reconcile.Request]) error {
		go func() {
			for index := range runKeys {
				queue.Add(reconcile.Request{NamespacedName: types.NamespacedName{Namespace: "default", Name: fmt.Sprintf("key-%d", index)}})
			}
		}()
		return nil
	}))
	if err != nil {
		panic(err)
	}
	begun := time.Now()
	if err := wanted.Start(ctx); err != nil {
		panic(err)
	}
	return time.Since(begun).Nanoseconds() / runKeys
}

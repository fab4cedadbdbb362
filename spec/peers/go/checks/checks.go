// Package checks runs one named check of a client with the server that a kubeconfig names.
package checks

import (
	"context"
	"fmt"
	"os"
	"time"

	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

// Check is what a client has to be able to do. The namespace is its own.
type Check func(ctx context.Context, config *rest.Config, namespace string) error

// Main runs the check that the arguments name, `NAME KUBECONFIG NAMESPACE`. Exit codes: 0 it passed, 1 it failed, 2 there is no such check.
func Main(all map[string]Check) {
	if len(os.Args) != 4 || all[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: NAME KUBECONFIG NAMESPACE; no such check:", os.Args[1:])
		os.Exit(2)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	config, err := clientcmd.BuildConfigFromFlags("", os.Args[2])
	if err == nil {
		// Neither has a server here limits for one client, and the checks should not wait for those of the client.
		config.QPS = -1
		err = all[os.Args[1]](ctx, config, os.Args[3])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Until asks again, every 50 ms, until a condition holds or the context ends.
func Until(ctx context.Context, what string, condition func() (bool, error)) error {
	for {
		held, err := condition()
		if err != nil || held {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s: not in time", what)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Equal fails where two values differ.
func Equal[T comparable](what string, got, want T) error {
	if got != want {
		return fmt.Errorf("%s: got %v, want %v", what, got, want)
	}
	return nil
}

// All gives the first error.
func All(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

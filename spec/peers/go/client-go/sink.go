package main

import (
	"k8s.io/client-go/kubernetes"
	typed "k8s.io/client-go/kubernetes/typed/core/v1"
	"k8s.io/client-go/tools/record"
)

func typedSink(client kubernetes.Interface, namespace string) record.EventSink {
	return &typed.EventSinkImpl{Interface: client.CoreV1().Events(namespace)}
}

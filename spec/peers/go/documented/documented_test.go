package documented

import (
	"bufio"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
)

// startServer starts a server that ends with the test. What is written to its commands makes faults.
func startServer(t *testing.T) (*kubernetes.Clientset, func(command string) string) {
	server := exec.Command("kuberx-apiserver", "--commands")
	commands, _ := server.StdinPipe()
	stdout, _ := server.StdoutPipe()
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		commands.Close()
		server.Wait()
	})
	lines := bufio.NewReader(stdout)
	kubeconfig, err := lines.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	config, err := clientcmd.BuildConfigFromFlags("", strings.TrimSpace(kubeconfig))
	if err != nil {
		t.Fatal(err)
	}
	return kubernetes.NewForConfigOrDie(config), func(command string) string {
		fmt.Fprintln(commands, command)
		reply, _ := lines.ReadString('\n')
		return reply
	}
}

func TestConfigMaps(t *testing.T) {
	client, command := startServer(t)
	configMaps := client.CoreV1().ConfigMaps("default")
	a := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "a"}, Data: map[string]string{"k": "v"}}
	if _, err := configMaps.Create(t.Context(), a, metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
	if reply := command(`{"failNext":{"code":500,"verbs":["get"]}}`); !strings.Contains(reply, `"ok":true`) {
		t.Fatal(reply)
	}
	if _, err := configMaps.Get(t.Context(), "a", metav1.GetOptions{}); err == nil {
		t.Fatal("the first read should have failed")
	}
	found, err := configMaps.Get(t.Context(), "a", metav1.GetOptions{})
	if err != nil || found.Data["k"] != "v" {
		t.Fatal(found, err)
	}
}

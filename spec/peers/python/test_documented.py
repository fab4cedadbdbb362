import json
import subprocess
import unittest

from kubernetes import client, config


class ConfigMaps(unittest.TestCase):
    def setUp(self):
        pipe = subprocess.PIPE
        self.server = subprocess.Popen(['kuberx-apiserver', '--commands'], stdin=pipe, stdout=pipe, text=True)
        kubeconfig = self.server.stdout.readline().strip()
        self.api = client.CoreV1Api(config.new_client_from_config(kubeconfig))

    def tearDown(self):
        self.server.communicate()  # closes its standard input, and it ends

    def command(self, **command):
        print(json.dumps(command), file=self.server.stdin, flush=True)
        return json.loads(self.server.stdout.readline())

    def test_reads_again_after_a_failure(self):
        a = client.V1ConfigMap(metadata=client.V1ObjectMeta(name='a'), data={'k': 'v'})
        self.api.create_namespaced_config_map('default', a)
        self.assertTrue(self.command(failNext={'code': 500, 'verbs': ['get']})['ok'])
        with self.assertRaises(client.ApiException):
            self.api.read_namespaced_config_map('a', 'default')
        self.assertEqual(self.api.read_namespaced_config_map('a', 'default').data, {'k': 'v'})


if __name__ == '__main__':
    unittest.main()

"""An operator as kopf's users write them: it answers with a status, a child and an event, and takes part in deletions."""

import kopf

GROUP = 'kopf.example.io'


@kopf.on.startup()
def configure(settings: kopf.OperatorSettings, **_):
    settings.persistence.finalizer = f'{GROUP}/finalizer'
    settings.watching.server_timeout = 60


@kopf.on.create(GROUP, 'v1', 'widgets')
async def created(spec, body, name, patch, **_):
    kopf.info(body, reason='Created', message='seen')
    patch.status['size'] = spec.get('size', 0)
    return {'name': name}


@kopf.on.update(GROUP, 'v1', 'widgets', field='spec.size')
async def resized(old, new, patch, **_):
    patch.status['size'] = new
    patch.status['was'] = old


@kopf.on.delete(GROUP, 'v1', 'widgets')
async def deleted(name, **_):
    print(f'deleted {name}', flush=True)


@kopf.on.event('', 'v1', 'configmaps', labels={'watched': 'yes'})
async def seen(type, name, **_):
    print(f'event {type} {name}', flush=True)

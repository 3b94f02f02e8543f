import { Duration } from 'aws-cdk-lib';
import { GET, POST, SERVICE, serviceOf } from './fixtures';
import { ApiGatewayCloudMapFargateService } from '../../src';

describe('fails for routes that cannot be told apart', () => {
  test('variables of other names in the same place, also with other methods', () => {
    const { service, api, stack } = serviceOf({ path: '/users/{id}' });
    const message = /`path`: route 'POST \/users\/{name}' matches the same paths as 'ANY \/users\/{id}' of Stack\/Users; name its variables as they are named there/;
    expect(() => service.addRoutes({ path: '/users/{name}', methods: [POST] })).toThrow(message);
    expect(() => new ApiGatewayCloudMapFargateService(stack, 'Orders', { ...SERVICE, api, path: '/users/{name}', methods: [POST] })).toThrow(message);
    expect(() => service.addRoutes({ path: '/users/{id}/{rest+}' })).toThrow(/matches the same paths as 'ANY \/users\/{id}\/{proxy\+}'/);
  });

  test('paths whose ids are equal', () => {
    const { service } = serviceOf({ path: '/a/b' });
    expect(() => service.addRoutes({ path: '/a--b' })).toThrow(/`path`: route 'ANY \/a--b' is the same as another one of this service where -- stands for a slash/);
  });
});

test('paths that differ in more than names pass', () => {
  const { service } = serviceOf({ path: '/users/{id}' });
  service.addRoutes({ path: '/users/{id}', methods: [GET] });
  service.addRoutes({ path: '/users/{id}/orders' });
  service.addRoutes({ path: '/users/me' });
  service.addRoutes({ path: '/users/{all+}' });
  service.addRoutes({ path: '/a--b' });
  expect(JSON.stringify(service.api._shared.routes.routes.map(({ key }) => key))).toContain('ANY /users/{all+}');
});

test('fails when the container has the name of the one that waits', () => {
  const message = /`containerName` drain is that of the container which `drainDelay` adds; choose another/;
  expect(() => serviceOf({ containerName: 'drain', drainDelay: Duration.seconds(20) })).toThrow(message);
  expect(() => serviceOf({ containerName: 'drain' })).not.toThrow();
});

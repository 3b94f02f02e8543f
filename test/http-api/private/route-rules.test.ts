import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { isWithoutToken, mountedPaths, routeConflicts, routeKeys } from '../../../src/http-api/private/route-rules';
import { regionStack } from '../../support/fixtures';
import { jwt } from '../fixtures';

test.each([
  ['/', ['/', '/{proxy+}']], ['/a', ['/a', '/a/{proxy+}']], ['/{id}', ['/{id}', '/{id}/{proxy+}']], ['/a/{x+}', ['/a/{x+}']], ['$default', ['$default']],
])('%s stands for %s', (path, paths) => {
  expect(mountedPaths(path)).toEqual(paths);
});

test('the catch-all route is one, whatever the methods', () => {
  expect(routeKeys(['$default'], [apigwv2.HttpMethod.GET, apigwv2.HttpMethod.POST]).map(({ key }) => key)).toEqual(['$default']);
});

test.each(['/a', '/a-b/c_d', '/a.b', '/v1/{id}', '/{proxy+}', '/a/{x.y}', '/%20', '/~a'])('path %s is fine', (path) => {
  expect(routeConflicts(regionStack(), undefined, [path], {})).toEqual([]);
});

test.each(['a', '/a/', '/a//b', '/a b', '/a?b', '/a#b', '/{a', '/{}', '/{a+}/b', '/{a+}{b}', ''])('fails for the path %p', (path) => {
  expect(routeConflicts(regionStack(), undefined, [path], {}).length).toBeGreaterThan(0);
});

test('fails for a variable that is there twice, also beside the one for what is under the path', () => {
  expect(routeConflicts(regionStack(), undefined, ['/{id}/{id}'], {})).toEqual(['`path` has the variable id twice in /{id}/{id}; give one another name']);
  expect(routeConflicts(regionStack(), undefined, mountedPaths('/{proxy}'), {})).toEqual([expect.stringContaining('the variable proxy twice in /{proxy}/{proxy+}')]);
  expect(routeConflicts(regionStack(), undefined, mountedPaths('/{id}/x/{name}'), {})).toEqual([]);
});

test('authorizers without claims', () => {
  expect([new apigwv2.HttpNoneAuthorizer(), new HttpIamAuthorizer(), jwt()].map(isWithoutToken)).toEqual([true, true, false]);
  // one that says nothing of itself is believed
  expect(isWithoutToken({ bind: () => ({ authorizationType: 'CUSTOM' }) })).toBe(false);
});

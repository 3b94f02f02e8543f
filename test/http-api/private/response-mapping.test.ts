import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { only } from '../../support/fixtures';
import { INTEGRATION, serviceOf } from '../fixtures';

const { custom } = apigwv2.MappingValue;

test('headers and status of answers, by the status of the service', () => {
  const { template } = serviceOf({
    responseMapping: {
      200: new apigwv2.ParameterMapping().appendHeader('cache-control', custom('no-store')).removeHeader('server'),
      403: new apigwv2.ParameterMapping().custom('overwrite:statuscode', '404'),
    },
  });
  expect(only(template(), INTEGRATION).ResponseParameters).toEqual({
    200: { ResponseParameters: [{ Destination: 'append:header.cache-control', Source: 'no-store' }, { Destination: 'remove:header.server', Source: '' }] },
    403: { ResponseParameters: [{ Destination: 'overwrite:statuscode', Source: '404' }] },
  });
});

test('a route with a mapping of its own has an integration of its own', () => {
  const { service, template } = serviceOf({ path: '/users' });
  service.addRoutes({ path: '/export', responseMapping: { 200: new apigwv2.ParameterMapping().removeHeader('server') } });
  template().resourceCountIs(INTEGRATION, 2);
});

test('without it answers are passed on as they are', () => {
  expect(only(serviceOf().template(), INTEGRATION)).not.toHaveProperty('ResponseParameters');
});

test.each([
  ['a status that does not exist', { 600: new apigwv2.ParameterMapping() }, /`responseMapping` names the status '600'/],
  ['a path', { 200: new apigwv2.ParameterMapping().overwritePath(custom('/')) }, /`responseMapping` changes 'overwrite:path', which an answer does not have/],
  ['a query', { 200: new apigwv2.ParameterMapping().removeQueryString('q') }, /changes 'remove:querystring.q'/],
])('fails for %s', (_name, responseMapping, message) => {
  expect(() => serviceOf({ responseMapping: responseMapping as { [status: string]: apigwv2.ParameterMapping } })).toThrow(message);
});

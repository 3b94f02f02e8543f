import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { apiOf, GET, POST, SERVICE, serviceOf, twoStacks } from './fixtures';
import { ApiGatewayCloudMapFargateService, CloudMapHttpApi } from '../../src';
import { only } from '../support/fixtures';

interface Widget {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly title?: string; readonly query?: string; readonly metrics?: any[][] };
}

/** The widgets, with references in them as `<logical id>`. */
function widgetsOf(template: Template): Widget[] {
  const body = only(template, 'AWS::CloudWatch::Dashboard').DashboardBody;
  const parts: any[] = body['Fn::Join'][1];
  return JSON.parse(parts.map((part) => (typeof part === 'string' ? part : `<${part.Ref ?? part['Fn::GetAtt']?.join('.')}>`)).join('')).widgets;
}

function widgetOf(template: Template, title: string): Widget {
  return widgetsOf(template).find(({ properties }) => properties.title === title)!;
}

const titlesOf = (template: Template) => widgetsOf(template).map(({ properties }) => properties.title);

/** Labels and expressions of the lines of a graph. */
const linesOf = (widget: Widget) => widget.properties.metrics!
  .map(([line]) => line)
  .filter(({ expression }: any) => expression)
  .map(({ label, expression }: any) => [label, expression]);

/** Ten services, the second half in another stack. */
function tenServices(detailedMetricsEnabled: boolean): [Stack, Stack] {
  const [shared, team] = twoStacks();
  const api = new CloudMapHttpApi(shared, 'Api', { createDashboard: true, detailedMetricsEnabled });
  for (let n = 0; n < 10; n++) {
    new ApiGatewayCloudMapFargateService(n < 5 ? shared : team, `S${n}`, { ...SERVICE, api, path: `/s${n}` });
  }
  return [shared, team];
}

describe('dashboard of an API', () => {
  test('requests, errors, latency, and tasks, CPU and memory of every service of the cluster', () => {
    const { api, template } = apiOf({ createDashboard: true });
    expect(api.dashboard).toBeDefined();
    expect(titlesOf(template())).toEqual([
      undefined, 'Requests and errors', 'Server errors, percent', 'Latency, ms', 'Running tasks', 'CPU, percent', 'Memory, percent',
    ]);
    expect(JSON.stringify(widgetsOf(template()))).toContain('{ECS/ContainerInsights,ClusterName,ServiceName}');
  });

  test('routes when the API has metrics for them', () => {
    const titles = titlesOf(apiOf({ createDashboard: true, detailedMetricsEnabled: true }).template());
    expect(titles).toEqual(expect.arrayContaining(['Requests by route', 'Server errors by route', 'Latency by route, ms']));
  });

  test.each([true, false])('the API needs no service of another stack for it (metrics by route: %s)', (detailedMetricsEnabled) => {
    const [shared, team] = tenServices(detailedMetricsEnabled);
    expect(JSON.stringify(widgetsOf(Template.fromStack(shared)))).toContain('S9');
    Template.fromStack(team);
    expect(shared.dependencies).toHaveLength(0);
  });

  test.each([true, false])('widgets of ten services do not overlap, and fill less than fifty lines (metrics by route: %s)', (detailedMetricsEnabled) => {
    const cells = widgetsOf(Template.fromStack(tenServices(detailedMetricsEnabled)[0])).flatMap(({ x, y, width, height }) => {
      expect(x + width).toBeLessThanOrEqual(24);
      expect(y + height).toBeLessThan(50);
      return Array.from({ length: width * height }, (_, n) => `${x + n % width},${y + Math.floor(n / width)}`);
    });
    expect(new Set(cells).size).toBe(cells.length);
  });
});

describe('services on the dashboard', () => {
  test('one line each, added up over its routes, with metrics by route', () => {
    const { service, api, stack, template } = serviceOf({ path: '/users' }, { createDashboard: true, detailedMetricsEnabled: true });
    service.addRoutes({ path: '/people', methods: [GET] });
    new ApiGatewayCloudMapFargateService(stack, 'Orders', { ...SERVICE, api, path: '$default' });
    const users = 'FILL(service0route0, 0), FILL(service0route1, 0), FILL(service0route2, 0)';
    const requests = widgetOf(template(), 'Requests by service');
    expect(linesOf(requests)).toEqual([['Users', `SUM([${users}])`], ['Orders', 'SUM([FILL(service1route0, 0)])']]);
    expect(requests.properties.metrics).toContainEqual([
      'AWS/ApiGateway', 'Count', 'ApiId', `<${stack.resolve(api.httpApi.apiId).Ref}>`, 'Method', 'GET', 'Resource', '/people', 'Stage', '$default',
      expect.objectContaining({ stat: 'SampleCount', id: 'service0route2', visible: false }),
    ]);
    expect(JSON.stringify(widgetOf(template(), 'Server errors by service'))).toContain('"5xx"');
    expect(linesOf(widgetOf(template(), 'Latency by service, ms, p99 of its slowest route'))[0]).toEqual(['Users', `MAX([${users}])`]);
  });

  test('the access log is asked without them', () => {
    const { api, stack, template } = serviceOf({ path: '/users', methods: [GET, POST] }, { createDashboard: true });
    new ApiGatewayCloudMapFargateService(stack, 'Orders', { ...SERVICE, api, path: '$default' });
    const source = `SOURCE '<${stack.resolve(api.accessLogGroup.logGroupName).Ref}>'`;
    const users = 'routeKey in ["GET /users/{proxy+}", "POST /users/{proxy+}", "GET /users", "POST /users"]';
    const queryOf = (title: string) => widgetOf(template(), title).properties.query!.split('\n| ');
    expect(queryOf('Requests by service')).toEqual([
      `${source} | stats sum(${users}) as Users, sum(routeKey in ["$default"]) as Orders by bin(5m)`,
    ]);
    expect(queryOf('Server errors by service')).toEqual([
      `${source} | stats sum(${users} and status >= 500) as Users, sum(routeKey in ["$default"] and status >= 500) as Orders by bin(5m)`,
    ]);
    expect(queryOf('Users: latency, ms')).toEqual([
      `${source} | filter ${users}`, 'stats pct(responseLatency, 50) as p50, pct(responseLatency, 99) as p99 by bin(5m)',
    ]);
    expect(queryOf('Orders: latency, ms')[0]).toBe(`${source} | filter routeKey in ["$default"]`);
  });

  test('fields that the queries read are in the access log', () => {
    const { Format } = only(apiOf().template(), 'AWS::ApiGatewayV2::Stage').AccessLogSettings;
    expect(JSON.parse(Format)).toMatchObject({ routeKey: '$context.routeKey', status: '$context.status', responseLatency: '$context.responseLatency' });
  });

  test('names that would be one in a query are told apart', () => {
    const { api, stack, template } = apiOf({ createDashboard: true });
    const other = new Stack(stack.node.root, 'Other', { env: { region: 'eu-central-1' } });
    for (const [scope, id] of [[stack, 'my-shop'], [stack, 'my_shop'], [stack, 'Users'], [other, 'Users'], [stack, 'Orders']] as const) {
      const name = `${scope.node.id}-${id.replace('_', '')}`.toLowerCase();
      new ApiGatewayCloudMapFargateService(scope, id, { ...SERVICE, api, path: `/${name}`, discoveryName: name });
    }
    expect(titlesOf(template()).filter((title) => title?.includes(': latency'))).toEqual([
      'Stack_my_shop_0: latency, ms', 'Stack_my_shop_1: latency, ms', 'Stack_Users: latency, ms', 'Other_Users: latency, ms', 'Orders: latency, ms',
    ]);
  });
});

import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { maxOverRoutes, sumOverRoutes } from './requests';
import type { MountedRoute } from './route-table';
import type { CloudMapHttpApi } from '../cloud-map-http-api';

const FULL = 24;
const THIRD = 8;
const QUARTER = 6;
const HEIGHT = 6;
const SMALL_HEIGHT = 4;
const BIN = 'by bin(5m)';

/** A service as the widgets show it. */
interface ShownService {
  readonly name: string;
  readonly routes: MountedRoute[];
}

/**
 * Requests, errors and latency of each service: from metrics where the stage has them by route, else from the access log.
 *
 * Routes are known by what is written in them, so that those of other stacks are shown and none of these stacks is needed for it.
 */
export function serviceWidgets(api: CloudMapHttpApi): cloudwatch.IWidget {
  return new LateRows(() => {
    const services = shownServices(api._shared.routes.routes);
    if (services.length === 0) return [];
    return api._shared.detailedMetricsEnabled ? fromMetrics(api, services) : fromAccessLog(api, services);
  });
}

/** The name is the id of the service, its path where two ids are alike in a query, and numbered where the paths are as well. */
function shownServices(routes: MountedRoute[]): ShownService[] {
  const services = [...new Set(routes.map(({ service }) => service))];
  const ids = services.map(({ node }) => fieldName(node.id));
  const names = services.map(({ node }, index) => (isRepeated(ids, ids[index]) ? fieldName(node.path) : ids[index]));
  return services.map((service, index) => ({
    name: isRepeated(names, names[index]) ? `${names[index]}_${index}` : names[index],
    routes: routes.filter((route) => route.service === service),
  }));
}

function isRepeated(names: string[], name: string): boolean {
  return names.indexOf(name) !== names.lastIndexOf(name);
}

/** What a query takes as a name without quotes. */
function fieldName(text: string): string {
  return text.replace(/\W+/g, '_');
}

function fromMetrics(api: CloudMapHttpApi, services: ShownService[]): cloudwatch.IWidget[] {
  const lines = (line: (service: ShownService, idPrefix: string) => cloudwatch.IMetric) => services.map((service, index) => line(service, `service${index}route`));
  const graph = (title: string, left: cloudwatch.IMetric[]) => new cloudwatch.GraphWidget({ title, left, width: THIRD, height: HEIGHT, leftYAxis: { min: 0 } });
  return [new cloudwatch.Row(
    graph('Requests by service', lines(({ name, routes }, id) => sumOverRoutes(api, routes, 'Count', 'SampleCount', { label: name }, id))),
    graph('Server errors by service', lines(({ name, routes }, id) => sumOverRoutes(api, routes, '5xx', 'Sum', { label: name }, id))),
    graph('Latency by service, ms, p99 of its slowest route', lines(({ name, routes }, id) => maxOverRoutes(api, routes, 'Latency', 'p99', { label: name }, id))),
  )];
}

/** One query for all services where values can be added up; a percentile takes one for each. */
function fromAccessLog(api: CloudMapHttpApi, services: ShownService[]): cloudwatch.IWidget[] {
  const logGroupNames = [api.accessLogGroup.logGroupName];
  const chart = (title: string, width: number, height: number, queryLines: string[]) => new cloudwatch.LogQueryWidget({
    title, logGroupNames, queryLines, width, height, view: cloudwatch.LogQueryVisualizationType.LINE,
  });
  const counts = (condition: string) => [
    `stats ${services.map(({ name, routes }) => `sum(${ofRoutes(routes)}${condition}) as ${name}`).join(', ')} ${BIN}`,
  ];
  return [
    new cloudwatch.Row(
      chart('Requests by service', FULL / 2, HEIGHT, counts('')),
      chart('Server errors by service', FULL / 2, HEIGHT, counts(' and status >= 500')),
    ),
    new cloudwatch.Row(...services.map(({ name, routes }) => chart(`${name}: latency, ms`, QUARTER, SMALL_HEIGHT, [
      `filter ${ofRoutes(routes)}`,
      `stats pct(responseLatency, 50) as p50, pct(responseLatency, 99) as p99 ${BIN}`,
    ]))),
  ];
}

function ofRoutes(routes: MountedRoute[]): string {
  return `routeKey in [${routes.map(({ key }) => JSON.stringify(key)).join(', ')}]`;
}

/** Rows of a dashboard that are made when it is rendered, after every service has joined. */
class LateRows implements cloudwatch.IWidget {
  public readonly width = FULL;
  private x = 0;
  private y = 0;

  constructor(private readonly rows: () => cloudwatch.IWidget[]) {}

  public get height(): number {
    return new cloudwatch.Column(...this.rows()).height;
  }

  public position(x: number, y: number): void {
    this.x = x;
    this.y = y;
  }

  public toJson(): any[] {
    const column = new cloudwatch.Column(...this.rows());
    column.position(this.x, this.y);
    return column.toJson();
  }
}

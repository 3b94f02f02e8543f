import { execFile } from 'child_process';
import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { promisify } from 'util';
import { Duration, Lazy } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { HttpHealthCheck, HttpHealthCheckOptions } from '../../src';

const run = promisify(execFile);

test.each([
  ['curl', HttpHealthCheck.curl('/health', { port: 8080 }), ['CMD-SHELL', 'curl -fsS -o /dev/null http://127.0.0.1:8080/health || exit 1']],
  ['wget', HttpHealthCheck.wget('/health', { port: 8080 }), ['CMD-SHELL', 'wget -q -O /dev/null http://127.0.0.1:8080/health || exit 1']],
])('%s asks the port and path', (_name, check, command) => {
  expect(check.command).toEqual(command);
});

test('port and timing have defaults', () => {
  expect(HttpHealthCheck.curl('/')).toEqual({
    command: ['CMD-SHELL', 'curl -fsS -o /dev/null http://127.0.0.1:80/ || exit 1'],
    interval: Duration.seconds(10),
    timeout: Duration.seconds(5),
    retries: 3,
    startPeriod: Duration.seconds(15),
  });
});

test('timing is taken', () => {
  const timing = { interval: Duration.seconds(30), timeout: Duration.seconds(3), retries: 5, startPeriod: Duration.minutes(1) };
  [HttpHealthCheck.curl, HttpHealthCheck.wget, HttpHealthCheck.node, HttpHealthCheck.bashTcp].forEach((make) => {
    expect(make('/', timing)).toMatchObject(timing);
  });
});

test.each(['health', '', '/a b', '/a;b', "/a'b", '/a?b=$(c)'])('fails for the path %p', (path) => {
  [HttpHealthCheck.curl, HttpHealthCheck.wget, HttpHealthCheck.node, HttpHealthCheck.bashTcp].forEach((make) => {
    expect(() => make(path)).toThrow('`path` of a container health check must start with a slash');
    expect(() => make(path)).toThrow(`got '${path}'`);
  });
});

test.each<[HttpHealthCheckOptions, RegExp]>([
  [{ port: 0 }, /`port` must be a whole number from 1 to 65535, got 0$/],
  [{ interval: Duration.seconds(4), timeout: Duration.seconds(2) }, /`interval` must be 5 to 300 whole seconds, got 4 seconds$/],
  [{ timeout: Duration.millis(1500) }, /`timeout` must be 2 to 60 whole seconds, got 1 second 500 millis$/],
  [{ timeout: Duration.seconds(11) }, /`timeout` 11 seconds is longer than `interval` 10 seconds; lower the first or raise the second$/],
  [{ retries: 11 }, /`retries` must be a whole number from 1 to 10, got 11$/],
  [{ startPeriod: Duration.minutes(6) }, /`startPeriod` must be 0 to 300 whole seconds, got 6 minutes$/],
])('fails for %j', (options, message) => {
  expect(() => HttpHealthCheck.curl('/', options)).toThrow(message);
});

test('fails with every conflict at once', () => {
  expect(() => HttpHealthCheck.node('health', { port: 99999, retries: 0 })).toThrow(/^HttpHealthCheck has 3 conflicts:\n- `path`.*\n- `port`.*\n- `retries`/);
});

test('Tokens pass', () => {
  const number = Lazy.number({ produce: () => 7 });
  const options = { port: number, interval: Duration.seconds(number), timeout: Duration.seconds(number), retries: number, startPeriod: Duration.seconds(number) };
  expect(HttpHealthCheck.curl(Lazy.string({ produce: () => '/later' }), options)).toMatchObject({ interval: options.interval, retries: number });
});

describe.each([
  ['node', HttpHealthCheck.node],
  ['bashTcp', HttpHealthCheck.bashTcp],
])('%s, run against a server', (_name, make) => {
  let server: Server;
  let port: number;

  beforeAll((done) => {
    server = createServer((request, response) => {
      response.writeHead(request.url === '/health' ? 200 : 503).end('answer');
    }).listen(0, '127.0.0.1', () => {
      port = (server.address() as AddressInfo).port;
      done();
    });
  });

  afterAll((done) => {
    server.close(done);
  });

  async function exitCode(check: ecs.HealthCheck): Promise<number> {
    const [kind, program, ...args] = check.command;
    expect(kind).toBe('CMD');
    return run(program, args).then(() => 0, (error) => error.code);
  }

  test('passes when the path answers', async () => {
    expect(await exitCode(make('/health', { port }))).toBe(0);
  });

  test('fails when the path answers with an error', async () => {
    expect(await exitCode(make('/broken', { port }))).toBe(1);
  });

  test('fails when nobody listens', async () => {
    expect(await exitCode(make('/health', { port: 1 }))).toBe(1);
  });
});

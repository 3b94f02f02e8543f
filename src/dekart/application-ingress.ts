import { RemovalPolicy } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ExistingListenerOptions, ExistingLoadBalancerOptions, NewLoadBalancerOptions } from './application-ingress-options';
import { existingListenerConflicts, isHttpListener } from './private/ingress-rules';
import { addCertificate, dualStackLoadBalancer, newLoadBalancer, redirectToHttps, siteListener } from './private/load-balancer';
import type { NetworkPlacement } from '../fargate/private/network-placement';
import { Conflicts, numberConflicts } from '../private/prop-rules';
import type { SiteDomainProps } from '../private/site-domain';

/**
 * What an ingress is built with.
 *
 * @internal
 */
export interface IngressSettings {
  readonly placement: NetworkPlacement;
  readonly certificate?: acm.ICertificate;
  readonly domainName?: string;
  readonly removalPolicy?: RemovalPolicy;
  /** The bucket for access logs, made when it is asked for. */
  readonly accessLogs: () => s3.IBucket;
}

/**
 * An ingress, ready for the rules of the site.
 *
 * @internal
 */
export interface BoundIngress {
  /** Undefined when all that is known is a listener. */
  readonly loadBalancer?: elbv2.IApplicationLoadBalancer;
  readonly listener: elbv2.IApplicationListener;
  /** What requests come from. */
  readonly front: ec2.IConnectable;
  /** Priority of the site's first rule. */
  readonly priority: number;
  /** Host names of the rules; none where the listener has no other site. */
  readonly hostHeaders?: string[];
  readonly dualStack: boolean;
  /** Certificate of the site, as far as it is known. */
  readonly certificate?: acm.ICertificate;
  /** Port of the listener, when it is not the usual one. */
  readonly port?: number;
}

/**
 * Choice: the load balancer that requests come through.
 *
 * @example
 * import { ApplicationIngress } from 'cdk-fargate-blueprints';
 *
 * const ingress = ApplicationIngress.newLoadBalancer({
 *   publicLoadBalancer: false,
 *   allowedPeers: [ec2.Peer.ipv4('10.0.0.0/8')],
 * });
 */
export abstract class ApplicationIngress {
  /**
   * A new load balancer of the site alone.
   */
  public static newLoadBalancer(options: NewLoadBalancerOptions = {}): ApplicationIngress {
    return new NewLoadBalancer(options);
  }

  /**
   * A new listener on a load balancer that exists. Its idle timeout should be below the 60 seconds of the server, 55 for instance.
   */
  public static existingLoadBalancer(loadBalancer: elbv2.IApplicationLoadBalancer, options: ExistingLoadBalancerOptions = {}): ApplicationIngress {
    return new ExistingLoadBalancer(loadBalancer, options);
  }

  /**
   * New rules on an HTTPS listener that exists and has a certificate for the site. A `certificate` that is given is added to it.
   */
  public static existingListener(listener: elbv2.IApplicationListener, options: ExistingListenerOptions): ApplicationIngress {
    return new ExistingListener(listener, options);
  }

  /**
   * The VPC of the load balancer, as far as it is known.
   *
   * @internal
   */
  public abstract readonly _vpc?: ec2.IVpc;

  /**
   * Subnets that a new load balancer takes; undefined when it is there already.
   *
   * @internal
   */
  public get _tier(): 'public' | 'internal' | undefined {
    return undefined;
  }

  /**
   * Whether the load balancer is at hand, and not only a listener of it.
   *
   * @internal
   */
  public get _knowsLoadBalancer(): boolean {
    return true;
  }

  /**
   * Whether requests are written to the bucket for access logs.
   *
   * @internal
   */
  public get _logsRequests(): boolean {
    return false;
  }

  /**
   * Whether the listener is there already, with or without its certificate.
   *
   * @internal
   */
  public get _bringsListener(): boolean {
    return false;
  }

  /**
   * Whether the listener is known not to speak TLS.
   *
   * @internal
   */
  public get _plainHttp(): boolean {
    return false;
  }

  /**
   * What does not fit.
   *
   * @internal
   */
  public abstract _conflicts(site: SiteDomainProps, signsIn: boolean): Conflicts;

  /**
   * Makes what is to be made in `scope`.
   *
   * @internal
   */
  public abstract _bind(scope: Construct, settings: IngressSettings): BoundIngress;
}

class NewLoadBalancer extends ApplicationIngress {
  public readonly _vpc = undefined;

  constructor(private readonly options: NewLoadBalancerOptions) {
    super();
  }

  public get _tier(): 'public' | 'internal' {
    return this.options.publicLoadBalancer ?? true ? 'public' : 'internal';
  }

  public get _logsRequests(): boolean {
    return this.options.accessLogs ?? true;
  }

  public _conflicts(): Conflicts {
    return [];
  }

  public _bind(scope: Construct, settings: IngressSettings): BoundIngress {
    const loadBalancer = newLoadBalancer(scope, this.options, settings);
    const listener = siteListener(scope, loadBalancer, settings.certificate);
    if (settings.certificate && (this.options.redirectHttp ?? true)) redirectToHttps(scope, loadBalancer);
    return {
      loadBalancer,
      listener,
      front: loadBalancer,
      certificate: settings.certificate,
      priority: 10,
      dualStack: dualStackLoadBalancer(this.options, settings.placement),
    };
  }
}

class ExistingLoadBalancer extends ApplicationIngress {
  constructor(private readonly loadBalancer: elbv2.IApplicationLoadBalancer, private readonly options: ExistingLoadBalancerOptions) {
    super();
  }

  public get _vpc(): ec2.IVpc | undefined {
    return this.loadBalancer.vpc;
  }

  public _conflicts(): Conflicts {
    return numberConflicts('port', this.options.port, 1, 65535);
  }

  public _bind(scope: Construct, settings: IngressSettings): BoundIngress {
    const listener = siteListener(scope, this.loadBalancer, settings.certificate, this.options.port);
    const dualStack = this.loadBalancer.ipAddressType === elbv2.IpAddressType.DUAL_STACK;
    return {
      loadBalancer: this.loadBalancer, listener, front: this.loadBalancer, certificate: settings.certificate, priority: 10, dualStack, port: this.options.port,
    };
  }
}

class ExistingListener extends ApplicationIngress {
  constructor(private readonly listener: elbv2.IApplicationListener, private readonly options: ExistingListenerOptions) {
    super();
  }

  public get _bringsListener(): boolean {
    return true;
  }

  public get _vpc(): ec2.IVpc | undefined {
    return this.known?.loadBalancer.vpc;
  }

  public get _knowsLoadBalancer(): boolean {
    return this.known !== undefined;
  }

  public get _plainHttp(): boolean {
    return isHttpListener(this.listener);
  }

  public _conflicts(site: SiteDomainProps, signsIn: boolean): Conflicts {
    return existingListenerConflicts(this.options, { ...site, signsIn, plainHttp: this._plainHttp });
  }

  public _bind(scope: Construct, settings: IngressSettings): BoundIngress {
    if (settings.certificate) addCertificate(scope, this.listener, settings.certificate);
    const loadBalancer = this.known?.loadBalancer;
    return {
      loadBalancer,
      listener: this.listener,
      front: this.listener,
      certificate: settings.certificate,
      priority: this.options.priority,
      hostHeaders: this.options.hostHeaders ?? [settings.domainName!],
      dualStack: loadBalancer?.ipAddressType === elbv2.IpAddressType.DUAL_STACK,
    };
  }

  /** A listener that was made in this app knows its load balancer. */
  private get known(): elbv2.ApplicationListener | undefined {
    return this.listener instanceof elbv2.ApplicationListener ? this.listener : undefined;
  }
}

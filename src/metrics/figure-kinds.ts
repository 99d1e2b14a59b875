// What is known of each metric before anything is played: what kind of number it is, and so which
// interval fits it; which way is better; what it means that a run does not have it. A metric that
// is not here is a level without a better side.

/**
 * `level`: a number a run (a mean, a quantile, a maximum, a state at the end). `count`: events.
 * `trials`: a share of `samples` trials. `availability`: a share of time that outages take away,
 * and `total`: a sum over outages.
 */
export type FigureKind = 'level' | 'count' | 'trials' | 'availability' | 'total';

export type Better = 'less' | 'more' | undefined;

export type KnownMetric = {
  readonly kind: FigureKind;
  readonly better: Better;
  /** The value of a run that lacks it, where metrics leave out what did not occur. */
  readonly absent?: number;
  /** Its values are times in a run, and none is longer than that. */
  readonly isTime?: true;
  /** A share of a budget, of which more than all may be spent. */
  readonly isBudget?: true;
  /** Of a sum over objects: the metric whose samples are as many as these. */
  readonly sumOver?: string;
};

export function knownMetric(metric: string): KnownMetric {
  return metrics.get(metric) ?? {kind: 'level', better: undefined};
}

export function knownMetrics(): Iterable<string> {
  return metrics.keys();
}

function level(better: Better): KnownMetric {
  return {kind: 'level', better};
}

function count(better: Better, absent?: number): KnownMetric {
  return {kind: 'count', better, ...(absent === undefined ? {} : {absent})};
}

const availability: KnownMetric = {kind: 'availability', better: 'more'};
function total(sumOver: string): KnownMetric {
  return {kind: 'total', better: 'less', sumOver};
}

const time: KnownMetric = {kind: 'level', better: 'less', isTime: true};

/** Mean, quantiles and the greatest of a family of times. */
function times(family: string): [string, KnownMetric][] {
  return ['mean', 'p50', 'p90', 'p99', 'max'].map(part => [`${family}_${part}`, time]);
}

const failures = [
  ...['error', 'rejected', 'refused', 'connect_timeout', 'reset', 'timeout', 'http_308'],
  ...['http_404', 'http_502', 'http_503', 'http_504', 'bad_certificate', 'unresolved'],
];

const metrics: ReadonlyMap<string, KnownMetric> = new Map<string, KnownMetric>([
  ['pods_created', count(undefined)],
  ['pods_scheduled', count('more')],
  ['pods_unscheduled', count('less')],
  ['unscheduled_share', level('less')],
  ['pending_pod_seconds', level('less')],
  ...times('scheduling_latency'),
  ['queue_time_mean', time],
  ['backoff_time_mean', time],
  ['unschedulable_time_mean', time],
  ['bind_time_mean', time],
  ['scheduling_attempts', count('less')],
  ['attempts_mean', level('less')],
  ['attempts_max', level('less')],
  ['preemptions', count('less')],
  ...times('startup_latency'),
  ['pending_pods', count('less', 0)],
  ['availability_mean', availability],
  ['availability_worst', availability],
  ['available_any', availability],
  ['available_all', availability],
  ['outages', count('less')],
  ['downtime', total('availability_mean')],
  ['lost_replica_seconds', level('less')],
  ['time_to_first_ready', time],
  ['restarts', count('less', 0)],
  ['service_availability_mean', availability],
  ['service_availability_worst', availability],
  ['availability', availability],
  ['service_outages', count('less')],
  ['service_downtime', total('service_availability_mean')],
  ['unreachable_seconds', total('service_availability_mean')],
  ['lost_client_seconds', total('service_availability_mean')],
  ['lost_client_seconds_unattributed', level('less')],
  ['incidents', count('less', 0)],
  ['requests', count(undefined)],
  ['request_rate', level(undefined)],
  ['request_success_ratio', {kind: 'trials', better: 'more'}],
  ['requests_failed', count('less')],
  ...failures.map((how): [string, KnownMetric] => [`requests_${how}`, count('less', 0)]),
  ['requests_under_way', count(undefined, 0)],
  ...times('request_latency'),
  ['slo_good', {kind: 'trials', better: 'more'}],
  ['slo_budget_spent', {...level('less'), isBudget: true}],
  ['running_pods', level(undefined)],
  ['requests_sent', level(undefined)],
  ['requests_ok', level('more')],
  ['cpu_requested_share', level(undefined)],
  ['memory_requested_share', level(undefined)],
  ['nodes', level(undefined)],
  ['nodes_used', level(undefined)],
  ['nodes_used_mean', level(undefined)],
  ...['cpu', 'memory', 'gpu'].map((resource): [string, KnownMetric] => {
    return [`packing_${resource}`, level('more')];
  }),
  ['fairness_jain', level('more')],
  ['satisfaction_min', level('more')],
  ['dominant_share_min', level(undefined)],
  ['dominant_share_mean', level(undefined)],
  ['dominant_share_max', level(undefined)],
  ['cost_total', level('less')],
  ['cost_used', level('less')],
  ['cost_per_pod_hour', level('less')],
  ['node_failures', count('less', 0)],
  ['node_up_share', {...availability, absent: 1}],
  ['cpu_requested_share_mean', level(undefined)],
  ['cpu_requested_share_end', level(undefined)],
  ['memory_requested_share_mean', level(undefined)],
  ['memory_requested_share_end', level(undefined)],
  ['gpu_devices', level(undefined)],
  ['gpu_allocated_share_mean', level('more')],
  ['gpu_allocated_share_end', level('more')],
  ['gpu_allocated_share_at', level('more')],
  ['gpu_fragmented_share_mean', level('less')],
  ['gpu_fragmented_share_end', level('less')],
  ['gpu_fragmented_share_at', level('less')],
  ['gpu_fragmented_share_of_idle_end', level('less')],
  ['gpu_fragmented_share_of_idle_at', level('less')],
]);

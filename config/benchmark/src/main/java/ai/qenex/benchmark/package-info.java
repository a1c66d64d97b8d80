/**
 * What the bank can do, measured: {@link ai.qenex.benchmark.PostingBenchmark} drives the posting engine against TPC-B
 * on the same PostgreSQL, {@link ai.qenex.benchmark.HttpBenchmark} a whole bank over HTTP. Both run rounds that
 * alternate between what is compared, so that whatever else the machine does meets both, and count CPU time beside the
 * clock, which other work disturbs less.
 *
 * <p>
 * {@link ai.qenex.benchmark.Benchmarks} is the program. It prints Markdown.
 */
package ai.qenex.benchmark;

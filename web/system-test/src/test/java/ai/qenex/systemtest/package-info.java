/**
 * Tests of the whole bank. Those that speak HTTP share one {@link ai.qenex.systemtest.RunningBank}, started by the
 * first that asks for it; {@link ai.qenex.systemtest.InsideTheEarIT} runs inside the deployed EAR on a server of its
 * own. Ports are free ones and data lies under {@code target}, so a development server may be running meanwhile.
 */
package ai.qenex.systemtest;

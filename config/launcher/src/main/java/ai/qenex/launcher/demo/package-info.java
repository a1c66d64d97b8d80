/**
 * The sample bank and its business day: reads the files under {@code demo/}, opens accounts, sends salaries, mistakes,
 * incoming payments and card purchases, runs the end of day and reports. It is a client like any other: it knows the
 * bank by its public API alone.
 *
 * <p>
 * {@link ai.qenex.launcher.demo.BusinessDay} tells the story in order; every other type here is one noun of it.
 */
package ai.qenex.launcher.demo;

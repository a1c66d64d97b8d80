/**
 * The house rules as tests that run in every module: layers ({@link ai.qenex.quality.LayerRules}), calls that have a
 * better replacement ({@link ai.qenex.quality.CallRules}), names ({@link ai.qenex.quality.NameRules}) and tidy sources
 * ({@link ai.qenex.quality.TidyRules}).
 *
 * <p>
 * They look at the classes and sources of the module that runs them, never at its dependencies, so a finding shows up
 * once and where it can be mended. Each finding names what to write instead.
 */
package ai.qenex.quality;

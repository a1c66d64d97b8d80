package ai.qenex.quality;

/** The module that holds the rules is tidy itself; the assertions are those of {@link TidyRules}. */
class OwnHouseTest extends TidyRules {}

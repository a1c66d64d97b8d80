package ai.qenex.settlement.common;

/** In a package that tells nothing. */
public interface Stuff {}

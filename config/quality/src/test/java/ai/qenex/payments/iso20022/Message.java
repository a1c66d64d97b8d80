package ai.qenex.payments.iso20022;

/** Stands for a message format. */
public interface Message {}

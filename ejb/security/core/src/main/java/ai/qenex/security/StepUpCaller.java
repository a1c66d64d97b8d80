package ai.qenex.security;

import java.util.Set;

/**
 * Who is asked for a proof.
 *
 * @param name the token's {@code upn} or {@code sub}
 * @param machine a program with a token of its own, behind which no person is
 * @param roles of the token
 * @param source address the request came from, for the record
 */
public record StepUpCaller(String name, boolean machine, Set<String> roles, String source) {}

/** RFC 9457 problems: the one shape of every answer that is not what was asked for. */
package ai.qenex.web.problem;

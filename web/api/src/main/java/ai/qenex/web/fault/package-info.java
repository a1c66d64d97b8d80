/** Turns every fault into a problem, and problems into responses: nothing else ever leaves the bank. */
package ai.qenex.web.fault;

/**
 * Fresh proofs of people over HTTP: what they prove themselves with, the challenge for what is over the policy, and the
 * gate that other resources ask ({@link ai.qenex.web.stepup.StepUpGate}).
 */
package ai.qenex.web.stepup;

/** Clearing cycles over HTTP: what banks owe each other, net and gross, and how it was settled. */
package ai.qenex.web.settlement;

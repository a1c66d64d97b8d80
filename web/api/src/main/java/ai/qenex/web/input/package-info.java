/**
 * Reading single values of a request: ids, amounts, dates, texts and account references, each refused with the path it
 * came from.
 */
package ai.qenex.web.input;

/**
 * Reading and writing JSON strictly: unknown, repeated and wrongly typed members are refused with the path of what is
 * wrong, and every depth, length and count has a limit.
 */
package ai.qenex.web.json;

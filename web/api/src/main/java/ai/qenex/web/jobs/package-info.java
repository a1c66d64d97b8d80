/** The bank's jobs over HTTP: started, watched, stopped and restarted. */
package ai.qenex.web.jobs;

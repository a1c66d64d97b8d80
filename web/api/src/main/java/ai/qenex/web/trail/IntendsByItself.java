package ai.qenex.web.trail;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a resource method that changes something and knows the id of what it is about to do: it calls
 * {@link AuditedRequest#intend(String, java.util.UUID)} before it does anything. All others have their intent written
 * before they are called.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface IntendsByItself {}

package ai.qenex.web.json;

import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.util.Optional;

/** A request's record says by its types alone what may be absent: only an {@code Optional}. */
final class OptionalIsOptional extends JacksonAnnotationIntrospector {

  @Override
  public Boolean hasRequiredMarker(AnnotatedMember member) {
    return member.getRawType() != Optional.class;
  }
}

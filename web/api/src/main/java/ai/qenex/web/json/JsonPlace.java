package ai.qenex.web.json;

import ai.qenex.web.input.Values;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A place in a JSON body of many shapes, which knows its path (RFC 6901). As strict as {@link JsonBodyReader}: a member
 * that is not asked for, a number where a text belongs, or a null is refused at its path.
 */
public record JsonPlace(String path, JsonNode node) {

  /** The place is an object with no other members than these. */
  public JsonPlace object(String... names) {
    if (!node.isObject()) {
      throw Values.invalid(path, "an object is expected");
    }
    List<String> known = Arrays.asList(names);
    node.fieldNames().forEachRemaining(name -> {
      if (!known.contains(name)) {
        throw Values.invalid(path + "/" + name.replace("~", "~0").replace("/", "~1"), "there is no such member");
      }
    });
    return this;
  }

  public boolean has(String name) {
    return node.has(name);
  }

  public boolean isText() {
    return node.isTextual();
  }

  /** The text at this place. */
  public String text() {
    if (!node.isTextual()) {
      throw Values.invalid(path, "missing, or of the wrong type");
    }
    return node.textValue();
  }

  /** A member of this object, which may be missing until it is read. */
  public JsonPlace at(String name) {
    return new JsonPlace(path + "/" + name, node.path(name));
  }

  public String text(String name) {
    return at(name).text();
  }

  public Optional<String> optionalText(String name) {
    return node.path(name).isMissingNode() || node.path(name).isNull() ? Optional.empty() : Optional.of(text(name));
  }

  /** The items of the array at this place, at least one. */
  public List<JsonPlace> items(int max) {
    if (!node.isArray() || node.isEmpty() || node.size() > max) {
      throw Values.invalid(path, "an array of 1 to " + max + " items is expected");
    }
    var items = new ArrayList<JsonPlace>();
    for (int i = 0; i < node.size(); i++) {
      items.add(new JsonPlace(path + "/" + i, node.get(i)));
    }
    return items;
  }
}

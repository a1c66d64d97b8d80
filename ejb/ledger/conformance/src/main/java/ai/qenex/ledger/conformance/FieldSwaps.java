package ai.qenex.ledger.conformance;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies of a record that take one field each from another record. */
final class FieldSwaps {

  private FieldSwaps() {}

  /** By the name of the field; without those that are alike in both, or that the record refuses. */
  static Map<String, Record> of(Record one, Record other) {
    RecordComponent[] fields = one.getClass().getRecordComponents();
    Map<String, Record> swaps = new LinkedHashMap<>();
    try {
      Constructor<?> maker = one.getClass()
          .getDeclaredConstructor(Arrays.stream(fields).map(RecordComponent::getType).toArray(Class<?>[]::new));
      maker.setAccessible(true);
      for (int i = 0; i < fields.length; i++) {
        var values = new Object[fields.length];
        for (int j = 0; j < fields.length; j++) {
          fields[j].getAccessor().setAccessible(true);
          values[j] = fields[j].getAccessor().invoke(i == j ? other : one);
        }
        if (!values[i].equals(fields[i].getAccessor().invoke(one))) {
          put(fields[i].getName(), maker, values, swaps);
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the record " + one.getClass().getName() + " cannot be copied", e);
    }
    return swaps;
  }

  private static void put(String field, Constructor<?> maker, Object[] values, Map<String, Record> swaps)
      throws ReflectiveOperationException {
    try {
      swaps.put(field, (Record) maker.newInstance(values));
    } catch (InvocationTargetException refused) {
      if (!(refused.getCause() instanceof IllegalArgumentException)) {
        throw refused;
      }
    }
  }
}

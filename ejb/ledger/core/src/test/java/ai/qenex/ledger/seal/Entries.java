package ai.qenex.ledger.seal;

import ai.qenex.kernel.Amount;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.LedgerEntry;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Entries of every kind with random fields, made by looking at the records, so that no field is forgotten. */
final class Entries {

  private static final List<String> TEXTS =
      List.of("", "Rent", "K\u00e4se \u20ac", "\ud83d\ude00", "a".repeat(140), "=1+1", "\u0001\n\"");

  private final Random random;

  Entries(long seed) {
    this.random = new Random(seed);
  }

  static List<Class<?>> kinds() {
    return List.of(LedgerEntry.class.getPermittedSubclasses());
  }

  LedgerEntry any(long seq) {
    List<Class<?>> kinds = kinds();
    return of(kinds.get(random.nextInt(4) > 0 ? 0 : random.nextInt(kinds.size())), seq);
  }

  LedgerEntry of(Class<?> kind, long seq) {
    return (LedgerEntry) record(kind, Map.of("seq", seq));
  }

  /** The same entry with another value in one component at the top or one deeper, else exactly as it was. */
  LedgerEntry changed(LedgerEntry entry) {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      LedgerEntry other = (LedgerEntry) withChange((Record) entry);
      if (!other.equals(entry) && other.seq() == entry.seq()) {
        return other;
      }
    }
    throw new IllegalStateException("cannot change " + entry);
  }

  private Record withChange(Record record) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    int place = random.nextInt(components.length);
    Map<String, Object> fixed = new LinkedHashMap<>();
    for (int i = 0; i < components.length; i++) {
      Object value = read(record, components[i]);
      if (i != place) {
        fixed.put(components[i].getName(), value);
      } else if (value instanceof Record inner && random.nextInt(4) > 0) {
        fixed.put(components[i].getName(), withChange(inner));
      }
    }
    try {
      return (Record) record(record.getClass(), fixed);
    } catch (IllegalArgumentException e) {
      return record;
    }
  }

  private static Object read(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private Object record(Class<?> type, Map<String, ?> fixed) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Object given = fixed.get(components[i].getName());
      values[i] = given == null ? value(components[i].getGenericType(), components[i].getName()) : given;
    }
    try {
      Constructor<?> constructor = type
          .getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (java.lang.reflect.InvocationTargetException e) {
      throw new IllegalArgumentException(type + " refuses " + Arrays.toString(values), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " " + Arrays.toString(values), e);
    }
  }

  private Object value(Type type, String name) {
    if (type instanceof ParameterizedType generic) {
      Type[] of = generic.getActualTypeArguments();
      if (generic.getRawType() == Optional.class) {
        return random.nextBoolean() ? Optional.empty() : Optional.of(value(of[0], name));
      }
      if (generic.getRawType() == Map.class) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put(value(of[0], name), value(of[1], name));
        }
        return map;
      }
      if (generic.getRawType() == List.class) {
        return List.of(value(of[0], name), value(of[0], name));
      }
    }
    return simple((Class<?>) type, name);
  }

  private Object simple(Class<?> type, String name) {
    if (type == long.class || type == Long.class) {
      return 1 + random.nextLong(1L << 40);
    } else if (type == int.class || type == Integer.class || type == short.class) {
      return random.nextInt(30);
    } else if (type == boolean.class || type == Boolean.class) {
      return random.nextBoolean();
    } else if (type == String.class) {
      return name.equals("code") ? "EUR" : name.equals("value") ? "DE89370400440532013000" : text();
    } else if (type == UUID.class) {
      return new UUID(random.nextLong(), random.nextLong());
    } else if (type == Instant.class) {
      return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1_000L);
    } else if (type == LocalDate.class) {
      return LocalDate.ofEpochDay(random.nextInt(40_000));
    } else if (type == Amount.class) {
      return random.nextInt(3) == 0 ? Amount.of(new BigInteger(120, random)) : Amount.of(random.nextInt(1_000_000));
    } else if (type == AccountNumber.class) {
      return new AccountNumber(1 + random.nextInt(1_000_000));
    } else if (type.isEnum()) {
      return Array.get(type.getEnumConstants(), random.nextInt(type.getEnumConstants().length));
    } else if (type.isSealed()) {
      Class<?>[] kinds = type.getPermittedSubclasses();
      return record(kinds[random.nextInt(kinds.length)], Map.of());
    }
    return record(type, Map.of());
  }

  private String text() {
    return random.nextInt(3) == 0 ? TEXTS.get(random.nextInt(TEXTS.size())) : Long.toString(random.nextLong(), 36);
  }
}

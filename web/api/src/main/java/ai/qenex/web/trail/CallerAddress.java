package ai.qenex.web.trail;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * From where a request comes. Anybody can write an {@code X-Forwarded-For} header, so it counts only as far as it was
 * written by proxies that the bank trusts: read from its end, the first address that is none of them.
 */
final class CallerAddress {

  static final String HEADER = "X-Forwarded-For";

  private static final int MOST_HOPS = 20;
  private static final int MOST_BITS = 128;
  private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private final List<Network> trusted = new ArrayList<>();

  /** All addresses that begin with the same bits. */
  private record Network(byte[] address, int bits) {

    boolean has(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 1 << Byte.SIZE - 1 - bit % Byte.SIZE;
        if (((address[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * @param proxies addresses or networks such as {@code 10.0.0.0/8}, separated by commas; empty for none
   * @throws QenexException {@code INVALID_CONFIGURATION} if one of them is no address
   */
  CallerAddress(String proxies) {
    for (String proxy : proxies.isBlank() ? new String[0] : proxies.split(",")) {
      String[] parts = proxy.strip().split("/", -1);
      byte[] address = bytes(parts[0]);
      int most = address.length * Byte.SIZE;
      int bits = parts.length == 1 ? most : number(parts[1]);
      if (address.length == 0 || parts.length > 2 || bits > most) {
        throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
            "qenex.http.trusted-proxies has addresses or networks such as 10.0.0.0/8, not '" + proxy.strip() + "'");
      }
      trusted.add(new Network(address, bits));
    }
  }

  /** @param forwarded the header, null if there is none */
  String of(String peer, String forwarded) {
    if (forwarded == null || !isTrusted(peer)) {
      return peer;
    }
    List<String> hops = Arrays.asList(forwarded.split(",", -1));
    String caller = peer;
    for (int i = hops.size() - 1; i >= Math.max(0, hops.size() - MOST_HOPS); i--) {
      String hop = hops.get(i).strip();
      if (bytes(hop).length == 0) {
        return caller;
      }
      caller = hop;
      if (!isTrusted(hop)) {
        return caller;
      }
    }
    return caller;
  }

  private boolean isTrusted(String address) {
    byte[] bytes = bytes(address);
    return trusted.stream().anyMatch(network -> network.has(bytes));
  }

  /** Empty if it is no address in digits; a name is never looked up. */
  private static byte[] bytes(String text) {
    if (!ADDRESS.matcher(text).matches()) {
      return new byte[0];
    }
    try {
      return InetAddress.getByName(text).getAddress();
    } catch (UnknownHostException e) {
      return new byte[0];
    }
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : MOST_BITS + 1;
  }
}

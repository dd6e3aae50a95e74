package cti.testbed.client;

import java.util.List;
import java.util.Optional;

/** A screen-pop; a later revision of the same id replaces an earlier one. */
public record PopView(
    String id,
    int revision,
    String call,
    String agent,
    String extension,
    String number,
    List<PersonView> callers,
    List<KeyView> keys,
    long waitedSeconds,
    Optional<String> desk,
    Optional<String> deskName,
    String queue,
    List<IncidentView> incidents,
    String incidentsState) {

  /** What the directory knows of somebody who may be calling. */
  public record PersonView(
      String staff,
      String name,
      String department,
      String site,
      String siteName,
      String office,
      List<NumberView> numbers,
      String status,
      boolean vip,
      String remark) {}

  public record NumberView(String given, String kind) {}
}

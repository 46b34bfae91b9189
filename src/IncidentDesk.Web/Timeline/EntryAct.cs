using IncidentDesk.Timeline;

namespace IncidentDesk.Web.Timeline;

/// <summary>What a person wants with an entry.</summary>
public enum EntryWish { Correct, History, ToggleKeyEvent }

/// <summary>A wish and its entry, as the person sees it.</summary>
public sealed record EntryAct(EntryWish Wish, TimelineEntry Entry);

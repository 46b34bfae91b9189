using IncidentDesk.Shared;
using IncidentDesk.Timeline;

namespace IncidentDesk.Web.Tests.Components;

/// <summary>Rows of a log, as the database would give them.</summary>
internal static class Entries
{
    /// <summary>Noon of an ordinary day, UTC.</summary>
    public static readonly DateTime Noon = new(2026, 3, 14, 12, 0, 0, DateTimeKind.Utc);

    /// <param name="minute">After noon; when it happened.</param>
    /// <param name="root">The sequence of the entry that it revises.</param>
    public static TimelineEntry Entry(
        long sequence, double minute = 0, string body = "text", EntryKind kind = EntryKind.Note, Precision precision = Precision.Exact, long? root = null, int revision = 1,
        bool isKeyEvent = false, DateTime? recordedAt = null, EntryChange? change = null, EntrySource? source = null, Visibility visibility = Visibility.Internal) => new()
        {
            EntryId = Guid.CreateVersion7(),
            Sequence = sequence,
            RootSequence = root ?? sequence,
            Revision = revision,
            OccurredAt = precision == Precision.OrderOnly ? null : Noon.AddMinutes(minute),
            Precision = precision,
            SortAt = Noon.AddMinutes(minute),
            Rank = root ?? sequence,
            RecordedAt = recordedAt ?? Noon.AddMinutes(minute),
            AuthorId = Guid.Empty,
            AuthorName = "Ana Ruiz",
            Kind = kind,
            Body = body,
            IsKeyEvent = isKeyEvent,
            Change = change,
            Source = source,
            Visibility = visibility,
            SearchText = Folding.Fold(body),
        };

    /// <summary>It is always noon.</summary>
    public sealed class NoonClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(Noon);
    }
}

using System.Text.Json.Serialization;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.Timeline;

/// <summary>How far an entry may travel when the log leaves the desk.</summary>
public enum Visibility
{
    [JsonStringEnumMemberName("internal")] Internal,
    [JsonStringEnumMemberName("members")] Members,
    [JsonStringEnumMemberName("public")] Public,
}

/// <summary>One row of an incident's append-only log: an entry, or a later revision of one.</summary>
/// <remarks>Never updated or deleted: the context refuses, and so does the database.</remarks>
public sealed class TimelineEntry
{
    public const int MaxBodyLength = 20_000;

    /// <summary>An entry recorded this long after it happened is shown as late.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(15);

    /// <summary>Made by the client, so that a repeated request is answered with the first result.</summary>
    public Guid EntryId { get; init; }
    public Guid IncidentId { get; init; }
    public Incident? Incident { get; init; }

    /// <summary>1, 2, 3, … in the incident, without a gap, in the order in which rows were written.</summary>
    public long Sequence { get; init; }

    /// <summary>The sequence of the first revision; equal to <see cref="Sequence"/> in that one.</summary>
    public long RootSequence { get; init; }

    /// <summary>1 for the entry as first written.</summary>
    public int Revision { get; init; }

    /// <summary>UTC; null exactly when <see cref="Precision"/> is <see cref="Precision.OrderOnly"/>.</summary>
    public DateTime? OccurredAt { get; init; }
    public Precision Precision { get; init; }

    /// <summary>UTC. Where the entry stands in the course of events: its own time, or that of the entry which it follows.</summary>
    public DateTime SortAt { get; init; }

    /// <summary>Orders entries of the same <see cref="SortAt"/>: the root's sequence, or a number between two neighbours.</summary>
    public double Rank { get; init; }

    /// <summary>UTC, of the first revision.</summary>
    public DateTime RecordedAt { get; init; }

    /// <summary>Who wrote the first revision; null for the desk itself.</summary>
    public Guid? AuthorId { get; init; }

    /// <summary>The name at that time.</summary>
    public required string AuthorName { get; init; }

    public EntryKind Kind { get; init; }

    /// <summary>Markdown, as typed.</summary>
    public required string Body { get; init; }
    public Visibility Visibility { get; init; }
    public bool IsKeyEvent { get; init; }

    /// <summary>What the desk did, for the kinds that it writes itself.</summary>
    public EntryChange? Change { get; init; }

    /// <summary>Where an imported entry came from.</summary>
    public EntrySource? Source { get; init; }

    /// <summary>The assets and mitigations that its text or the desk's change names; null for none.</summary>
    public IReadOnlyList<EntryLink>? Links { get; init; }

    /// <summary>Who made this revision; null in the first.</summary>
    public Guid? RevisedById { get; init; }
    public string? RevisedByName { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? RevisedAt { get; init; }

    /// <summary>Body and author folded by <see cref="Folding.Fold"/>, for the text filter.</summary>
    public required string SearchText { get; init; }

    public OccurrenceTime When => new(OccurredAt, Precision);

    /// <summary>Written down by a person long after it happened. Imported entries were written elsewhere, in time or not.</summary>
    public bool IsLate => OccurredAt is { } at && Kind.IsWrittenByPeople() && Source is null && Precision != Precision.Day && RecordedAt - at > LateAfter;

    internal sealed class Configuration : IEntityTypeConfiguration<TimelineEntry>
    {
        public void Configure(EntityTypeBuilder<TimelineEntry> b)
        {
            b.ToTable("TimelineEntries");
            b.HasKey(e => e.EntryId);
            b.Ignore(e => e.When);
            b.Ignore(e => e.IsLate);
            b.Property(e => e.Body).HasMaxLength(MaxBodyLength);
            b.Property(e => e.AuthorName).HasMaxLength(Person.MaxNameLength);
            b.Property(e => e.RevisedByName).HasMaxLength(Person.MaxNameLength);
            b.Property(e => e.Change).HasConversion(EntryJson.Converter<EntryChange>());
            b.Property(e => e.Source).HasConversion(EntryJson.Converter<EntrySource>());
            b.Property(e => e.Links).HasConversion(EntryJson.Converter<IReadOnlyList<EntryLink>>());
            b.HasIndex(e => new { e.IncidentId, e.Sequence }).IsUnique();
            b.HasIndex(e => new { e.IncidentId, e.RootSequence, e.Revision }).IsUnique();
            b.HasIndex(e => new { e.IncidentId, e.SortAt, e.Rank, e.RootSequence });
            b.HasIndex(e => e.IncidentId, "IX_TimelineEntries_Revised").HasFilter("\"Revision\" > 1");
            b.HasIndex(e => e.IncidentId, "IX_TimelineEntries_KeyEvents").HasFilter("\"IsKeyEvent\"");
            b.HasOne(e => e.Incident).WithMany().HasForeignKey(e => e.IncidentId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

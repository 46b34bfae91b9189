using IncidentDesk.Assets;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.Impacts;

/// <summary>How badly an asset is hit; a later one is worse.</summary>
public enum ImpactState { Degraded, PartialOutage, MajorOutage }

/// <summary>Why an asset is hit; an earlier one counts before a later one of the same state.</summary>
public enum ImpactCause
{
    /// <summary>It is what the attack is aimed at.</summary>
    Targeted,

    /// <summary>It went down with something else.</summary>
    Collateral,

    /// <summary>We took it down or limited it ourselves.</summary>
    Precaution,
}

/// <summary>One row of the append-only record of what was hit: an interval of an asset in an incident, or a later revision of one.</summary>
/// <remarks>The highest <see cref="Revision"/> of an <see cref="ImpactId"/> is what stands. Never updated or deleted: the context refuses, and so does the database.</remarks>
public sealed class Impact
{
    public const int MaxEvidenceLength = 4_000;

    public Guid RowId { get; init; }

    /// <summary>The interval; the same in all its revisions.</summary>
    public Guid ImpactId { get; init; }

    /// <summary>1 for the interval as first marked.</summary>
    public int Revision { get; init; }
    public Guid IncidentId { get; init; }
    public Incident? Incident { get; init; }
    public Guid AssetId { get; init; }
    public Asset? Asset { get; init; }
    public ImpactState State { get; init; }
    public ImpactCause Cause { get; init; }

    /// <summary>UTC; null exactly when <see cref="FromPrecision"/> is <see cref="Precision.OrderOnly"/>: hit, but nobody knows since when.</summary>
    public DateTime? FromAt { get; init; }
    public Precision FromPrecision { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? ToAt { get; init; }

    /// <summary>Null while it is hit; <see cref="Precision.OrderOnly"/> when it is over and nobody knows since when.</summary>
    public Precision? ToPrecision { get; init; }

    /// <summary>What shows it: a log line, a graph's address, who reported it.</summary>
    public string Evidence { get; init; } = "";

    /// <summary>Marked by mistake: it counts for nothing.</summary>
    public bool IsWithdrawn { get; init; }

    /// <summary>The asset with which it went down, when it was marked together with that one.</summary>
    public Guid? BehindId { get; init; }

    /// <summary>Of the timeline entry which this row was recorded with.</summary>
    public long Sequence { get; init; }

    /// <summary>UTC, of this row.</summary>
    public DateTime RecordedAt { get; init; }
    public Guid? RecordedById { get; init; }
    public required string RecordedByName { get; init; }

    /// <summary>UTC, when its first revision was recorded, as far as the query has asked; a start is never later.</summary>
    public DateTime KnownFrom { get => field == default ? RecordedAt : field; set; }

    /// <summary>UTC, since when it is recorded as over without a break, as far as the query has asked; an end is never later.</summary>
    public DateTime KnownTo { get => field == default ? RecordedAt : field; set; }

    public OccurrenceTime From => new(FromAt, FromPrecision);

    /// <summary>Null while it is hit.</summary>
    public OccurrenceTime? To => ToPrecision is { } precision ? new(ToAt, precision) : null;

    public bool IsOpen => ToPrecision is null && !IsWithdrawn;

    internal sealed class Configuration : IEntityTypeConfiguration<Impact>
    {
        public void Configure(EntityTypeBuilder<Impact> b)
        {
            b.ToTable("Impacts");
            b.HasKey(i => i.RowId);
            b.Ignore(i => i.KnownFrom);
            b.Ignore(i => i.KnownTo);
            b.Ignore(i => i.From);
            b.Ignore(i => i.To);
            b.Ignore(i => i.IsOpen);
            b.Property(i => i.Evidence).HasMaxLength(MaxEvidenceLength);
            b.Property(i => i.RecordedByName).HasMaxLength(Person.MaxNameLength);
            b.HasIndex(i => new { i.ImpactId, i.Revision }).IsUnique();
            b.HasIndex(i => new { i.IncidentId, i.AssetId });
            b.HasIndex(i => i.AssetId);
            b.HasOne(i => i.Incident).WithMany().HasForeignKey(i => i.IncidentId).OnDelete(DeleteBehavior.Restrict);
            b.HasOne(i => i.Asset).WithMany().HasForeignKey(i => i.AssetId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

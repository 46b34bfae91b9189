using IncidentDesk.Data;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.Attacks;

/// <summary>Measurements of one place that came in together. Batches of one incident, unit and place are one series; where two speak of the same instant, the later batch stands.</summary>
/// <remarks>Its samples are append-only; a wrong batch is withdrawn as a whole.</remarks>
public sealed class TrafficBatch
{
    /// <summary>Of one batch.</summary>
    public const int MaxSamples = 20_000;

    /// <summary>Of one incident, withdrawn ones with them: whoever reads it holds them in memory.</summary>
    public const int MaxSamplesOfIncident = 500_000;

    /// <summary>Places and units of one incident: a picture with more lines says nothing.</summary>
    public const int MaxSeriesOfIncident = 40;

    /// <summary>Made by the client, so that a repeated request is answered with the first result.</summary>
    public Guid Id { get; init; }
    public Guid IncidentId { get; init; }
    public Incident? Incident { get; init; }
    public TrafficUnit Unit { get; init; }

    /// <summary>Where it was measured: <c>uplink, inbound</c>.</summary>
    public required string MeasuredAt { get; init; }

    /// <summary><see cref="MeasuredAt"/> by <see cref="Shared.Folding.Fold"/>.</summary>
    public required string FoldedMeasuredAt { get; init; }
    public int Samples { get; init; }

    /// <summary>UTC, of the earliest sample.</summary>
    public DateTime FromAt { get; init; }

    /// <summary>UTC, of the latest sample.</summary>
    public DateTime ToAt { get; init; }

    /// <summary>1, 2, 3, … in the incident: orders the batches.</summary>
    public int Number { get; set; }

    /// <summary>UTC.</summary>
    public DateTime RecordedAt { get; init; }
    public Guid RecordedById { get; init; }

    /// <summary>The name at that time.</summary>
    public required string RecordedByName { get; init; }

    /// <summary>UTC; null while it stands.</summary>
    public DateTime? WithdrawnAt { get; set; }
    public string? WithdrawnByName { get; set; }

    /// <summary>What those watch who want to know of an incident's measurements.</summary>
    public static Guid FeedId(Guid incidentId) => FeedIds.OfMeasurements(incidentId);

    /// <summary>How often the measurements of an incident have changed: it only grows.</summary>
    internal static Task<int> ChangesAsync(DeskContext db, Guid incidentId, CancellationToken ct) =>
        db.TrafficBatches.IgnoreQueryFilters().Where(b => b.IncidentId == incidentId).SumAsync(b => b.WithdrawnAt == null ? 1 : 2, ct);

    internal sealed class Configuration : IEntityTypeConfiguration<TrafficBatch>
    {
        public void Configure(EntityTypeBuilder<TrafficBatch> b)
        {
            b.ToTable("TrafficBatches");
            b.Property(t => t.MeasuredAt).HasMaxLength(AttackWave.MaxWhereLength);
            b.Property(t => t.FoldedMeasuredAt).HasMaxLength(AttackWave.MaxWhereLength);
            b.Property(t => t.RecordedByName).HasMaxLength(Person.MaxNameLength);
            b.Property(t => t.WithdrawnByName).HasMaxLength(Person.MaxNameLength);
            b.HasIndex(t => new { t.IncidentId, t.Number }).IsUnique();
            b.HasOne(t => t.Incident).WithMany().HasForeignKey(t => t.IncidentId).OnDelete(DeleteBehavior.Restrict);
            b.HasOne<Person>().WithMany().HasForeignKey(t => t.RecordedById).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>One value of a batch.</summary>
public sealed class TrafficSample
{
    public Guid BatchId { get; init; }
    public TrafficBatch? Batch { get; init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }

    /// <summary>In the batch's unit, zero or more.</summary>
    public double Value { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<TrafficSample>
    {
        public void Configure(EntityTypeBuilder<TrafficSample> b)
        {
            b.ToTable("TrafficSamples");
            b.HasKey(s => new { s.BatchId, s.At });
            b.HasOne(s => s.Batch).WithMany().HasForeignKey(s => s.BatchId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

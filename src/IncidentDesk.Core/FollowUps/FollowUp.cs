using System.Text.Json.Serialization;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.FollowUps;

/// <summary>Where a follow-up stands.</summary>
public enum FollowUpState
{
    [JsonStringEnumMemberName("open")] Open,
    [JsonStringEnumMemberName("done")] Done,

    /// <summary>Decided against, with a reason.</summary>
    [JsonStringEnumMemberName("dropped")] Dropped,
}

/// <summary>What somebody is to do after an incident so that the next one is less bad.</summary>
public sealed class FollowUp
{
    public const int MaxActionLength = 500;
    public const int MaxTrackerLength = 500;
    public const int MaxReasonLength = 4_000;

    /// <summary>Made by the client.</summary>
    public Guid Id { get; init; }
    public Guid IncidentId { get; init; }
    public Incident? Incident { get; init; }
    public required string Action { get; set; }

    /// <summary>Who does it; null while nobody was found.</summary>
    public Guid? OwnerId { get; set; }
    public Person? Owner { get; init; }

    /// <summary>In the incident's zone; null when no date was agreed.</summary>
    public DateOnly? DueOn { get; set; }
    public FollowUpState State { get; set; }

    /// <summary>Why it was dropped, or what came of it.</summary>
    public string Outcome { get; set; } = "";

    /// <summary>Address in an issue tracker, <c>https:</c> or <c>http:</c>; empty for none.</summary>
    public string Tracker { get; set; } = "";

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>UTC; null while it is open.</summary>
    public DateTime? ClosedAt { get; set; }

    /// <summary>Raised by each change.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Open, and its day is over where the incident is.</summary>
    /// <param name="timeZone">Of the incident.</param>
    /// <param name="now">UTC.</param>
    public bool IsOverdue(string timeZone, DateTime now) => State == FollowUpState.Open && IsPast(DueOn, timeZone, now);

    internal static bool IsPast(DateOnly? day, string timeZone, DateTime now) =>
        day is { } due && due < DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, TimeZoneInfo.FindSystemTimeZoneById(timeZone)));

    internal sealed class Configuration : IEntityTypeConfiguration<FollowUp>
    {
        public void Configure(EntityTypeBuilder<FollowUp> b)
        {
            b.ToTable("FollowUps");
            b.Property(f => f.Action).HasMaxLength(MaxActionLength);
            b.Property(f => f.Tracker).HasMaxLength(MaxTrackerLength);
            b.Property(f => f.Outcome).HasMaxLength(MaxReasonLength);
            b.Property(f => f.Version).IsConcurrencyToken();
            b.HasIndex(f => f.IncidentId);
            b.HasIndex(f => new { f.State, f.DueOn });
            b.HasIndex(f => f.OwnerId);
            b.HasOne(f => f.Incident).WithMany().HasForeignKey(f => f.IncidentId).OnDelete(DeleteBehavior.Restrict);
            b.HasOne(f => f.Owner).WithMany().HasForeignKey(f => f.OwnerId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

using System.Text.Json.Serialization;
using IncidentDesk.Incidents;
using IncidentDesk.Live;
using IncidentDesk.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.Postmortems;

/// <summary>How far a postmortem has come.</summary>
public enum PostmortemState
{
    [JsonStringEnumMemberName("draft")] Draft,
    [JsonStringEnumMemberName("in-review")] InReview,

    /// <summary>Frozen as it was; see <see cref="FrozenDocument"/>.</summary>
    [JsonStringEnumMemberName("final")] Final,
}

/// <summary>The document in which an incident is told and learned from; each incident has at most one.</summary>
public sealed class Postmortem
{
    public const int MaxTitleLength = 200;

    public Guid Id { get; init; }
    public Guid IncidentId { get; init; }
    public Incident? Incident { get; init; }
    public required string Title { get; set; }
    public PostmortemState State { get; set; }

    /// <summary><c>en</c> or <c>es</c>: in which its authors write. What the desk adds is in the language of the reader.</summary>
    public required string Language { get; set; }

    /// <summary>Up to here of the incident's log the authors have seen what changed in what they refer to.</summary>
    public long SeenSequence { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; init; }
    public Guid CreatedById { get; init; }

    /// <summary>The name at that time.</summary>
    public required string CreatedByName { get; init; }

    /// <summary>Raised by each change of its own fields, its state and its reviewers; not by what is written in sections.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Raised by every change of it or of anything in it: what those watch who have it open.</summary>
    public long Changes { get; set; } = 1;

    /// <summary>Removed ones with them.</summary>
    public List<PostmortemSection> Sections { get; init; } = [];
    public List<PostmortemReviewer> Reviewers { get; init; } = [];

    /// <summary>The number of the feed by which those watch who have the document open; see <see cref="Changes"/>.</summary>
    public static Guid FeedId(Guid incidentId) => FeedIds.OfPostmortem(incidentId);

    internal sealed class Configuration : IEntityTypeConfiguration<Postmortem>
    {
        public void Configure(EntityTypeBuilder<Postmortem> b)
        {
            b.ToTable("Postmortems");
            b.Property(p => p.Title).HasMaxLength(MaxTitleLength);
            b.Property(p => p.Language).HasMaxLength(2);
            b.Property(p => p.CreatedByName).HasMaxLength(Person.MaxNameLength);
            b.Property(p => p.Version).IsConcurrencyToken();
            b.HasIndex(p => p.IncidentId).IsUnique();
            b.HasOne(p => p.Incident).WithMany().HasForeignKey(p => p.IncidentId).OnDelete(DeleteBehavior.Restrict);
            b.HasOne<Person>().WithMany().HasForeignKey(p => p.CreatedById).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>Somebody who was asked to review it.</summary>
public sealed class PostmortemReviewer
{
    public const int MaxNoteLength = 4_000;

    public Guid PostmortemId { get; init; }
    public Postmortem? Postmortem { get; init; }
    public Guid PersonId { get; init; }

    /// <summary>The name at that time.</summary>
    public required string PersonName { get; init; }

    /// <summary>UTC.</summary>
    public DateTime AskedAt { get; init; }

    /// <summary>UTC; null while it is not approved.</summary>
    public DateTime? ApprovedAt { get; set; }

    /// <summary>The <see cref="Postmortem.Changes"/> that was approved: what was written since was not.</summary>
    public long? ApprovedChanges { get; set; }
    public string Note { get; set; } = "";

    /// <summary>Whether what stands now was approved, not an earlier text.</summary>
    public bool HasApproved(Postmortem postmortem) => ApprovedChanges >= postmortem.Changes;

    internal sealed class Configuration : IEntityTypeConfiguration<PostmortemReviewer>
    {
        public void Configure(EntityTypeBuilder<PostmortemReviewer> b)
        {
            b.ToTable("PostmortemReviewers");
            b.HasKey(r => new { r.PostmortemId, r.PersonId });
            b.Property(r => r.PersonName).HasMaxLength(Person.MaxNameLength);
            b.Property(r => r.Note).HasMaxLength(MaxNoteLength);
            b.HasOne(r => r.Postmortem).WithMany(p => p.Reviewers).HasForeignKey(r => r.PostmortemId).OnDelete(DeleteBehavior.Restrict);
            b.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

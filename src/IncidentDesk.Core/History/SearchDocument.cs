using System.Text.Json.Serialization;
using IncidentDesk.Incidents;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.History;

/// <summary>In what a text was found.</summary>
public enum SearchKind
{
    /// <summary>Title and key of an incident.</summary>
    [JsonStringEnumMemberName("title")] Title,
    [JsonStringEnumMemberName("entry")] Entry,
    [JsonStringEnumMemberName("mitigation")] Mitigation,
    [JsonStringEnumMemberName("wave")] Wave,
    [JsonStringEnumMemberName("follow-up")] FollowUp,

    /// <summary>The name of a file.</summary>
    [JsonStringEnumMemberName("attachment")] Attachment,

    /// <summary>A section of a postmortem.</summary>
    [JsonStringEnumMemberName("postmortem")] Postmortem,
}

/// <summary>A text of an incident as it stands, for the search. Kept by triggers of the database, so that no way of writing can forget it.</summary>
public sealed class SearchDocument
{
    public long RowId { get; init; }
    public Guid IncidentId { get; init; }
    public Incident? Incident { get; init; }
    public SearchKind Kind { get; init; }

    /// <summary>Of the mitigation, wave, follow-up or file; the incident's own for titles and entries.</summary>
    public Guid SourceId { get; init; }

    /// <summary>The root's sequence of an entry; 0 for the others.</summary>
    public long Number { get; init; }

    /// <summary>UTC. Where it stands in the course of events.</summary>
    public DateTime At { get; init; }

    /// <summary>As written.</summary>
    public required string Text { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<SearchDocument>
    {
        public void Configure(EntityTypeBuilder<SearchDocument> b)
        {
            b.ToTable("SearchDocuments");
            b.HasKey(d => d.RowId);
            b.HasIndex(d => new { d.IncidentId, d.Kind, d.SourceId, d.Number }).IsUnique();
            b.HasIndex(d => new { d.SourceId, d.Kind });
            b.HasOne(d => d.Incident).WithMany().HasForeignKey(d => d.IncidentId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

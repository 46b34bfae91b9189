using System.Text.Json.Serialization;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.Postmortems;

public enum DocumentKind
{
    [JsonStringEnumMemberName("postmortem")] Postmortem,
    [JsonStringEnumMemberName("situation-report")] SituationReport,
}

/// <summary>A document as it was when it was made final, with all that it refers to. Never changed.</summary>
public sealed class FrozenDocument
{
    public Guid Id { get; init; }
    public Guid IncidentId { get; init; }
    public Incident? Incident { get; init; }
    public DocumentKind Kind { get; init; }

    /// <summary>1, 2, 3, … of this kind in the incident.</summary>
    public int Number { get; init; }

    /// <summary>For whom a situation report is meant; <see cref="Audience.Internal"/> for a postmortem, of which each audience gets its own.</summary>
    public Audience Audience { get; init; }

    /// <summary>UTC.</summary>
    public DateTime MadeAt { get; init; }
    public Guid MadeById { get; init; }

    /// <summary>The name at that time.</summary>
    public required string MadeByName { get; init; }

    /// <summary>UTC, when the next situation report is due; null for none.</summary>
    public DateTime? NextDueAt { get; init; }

    /// <summary>A <see cref="DocumentRecord"/> for <see cref="Audience.Internal"/>, as UTF-8 text.</summary>
    public required string Json { get; init; }

    /// <summary>Of <see cref="Json"/> in UTF-8, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<FrozenDocument>
    {
        public void Configure(EntityTypeBuilder<FrozenDocument> b)
        {
            b.ToTable("FrozenDocuments");
            b.Property(d => d.MadeByName).HasMaxLength(Person.MaxNameLength);
            b.Property(d => d.Sha256).HasMaxLength(64);
            b.HasIndex(d => new { d.IncidentId, d.Kind, d.Number }).IsUnique();
            b.HasOne(d => d.Incident).WithMany().HasForeignKey(d => d.IncidentId).OnDelete(DeleteBehavior.Restrict);
            b.HasOne<Person>().WithMany().HasForeignKey(d => d.MadeById).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>That somebody took a document or the evidence of an incident out of the desk. Never changed.</summary>
public sealed class DocumentExport
{
    public Guid Id { get; init; }
    public Guid IncidentId { get; init; }
    public Incident? Incident { get; init; }

    /// <summary>Null for the evidence bundle and for what is no document: the log, the follow-ups.</summary>
    public DocumentKind? Kind { get; init; }

    /// <summary>Of the frozen document; 0 for one that was not frozen.</summary>
    public int Number { get; init; }
    public Audience Audience { get; init; }

    /// <summary><c>markdown</c>, <c>html</c>, <c>pdf</c>, <c>docx</c>, <c>json</c>, <c>csv</c>, <c>icalendar</c>, <c>evidence</c>.</summary>
    public required string Format { get; init; }

    /// <summary><c>en</c> or <c>es</c>.</summary>
    public required string Language { get; init; }

    /// <summary>In bytes.</summary>
    public long Size { get; init; }

    /// <summary>Of the file, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }

    /// <summary>Null for the operator on the server.</summary>
    public Guid? ById { get; init; }

    /// <summary>The name at that time.</summary>
    public required string ByName { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DocumentExport>
    {
        public void Configure(EntityTypeBuilder<DocumentExport> b)
        {
            b.ToTable("DocumentExports");
            b.Property(e => e.Format).HasMaxLength(20);
            b.Property(e => e.Language).HasMaxLength(2);
            b.Property(e => e.Sha256).HasMaxLength(64);
            b.Property(e => e.ByName).HasMaxLength(Person.MaxNameLength);
            b.HasIndex(e => new { e.IncidentId, e.At });
            b.HasOne(e => e.Incident).WithMany().HasForeignKey(e => e.IncidentId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

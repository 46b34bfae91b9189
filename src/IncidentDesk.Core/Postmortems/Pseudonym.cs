using System.Text.Json.Serialization;
using IncidentDesk.Incidents;
using IncidentDesk.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.Postmortems;

/// <summary>What a pseudonym or a finding is about.</summary>
public enum NamedThing
{
    [JsonStringEnumMemberName("person")] Person,
    [JsonStringEnumMemberName("member")] Member,
    [JsonStringEnumMemberName("site")] Site,
    [JsonStringEnumMemberName("server")] Server,
    [JsonStringEnumMemberName("service")] Service,
    [JsonStringEnumMemberName("uplink")] Uplink,
    [JsonStringEnumMemberName("address")] Address,
    [JsonStringEnumMemberName("host-name")] HostName,
    [JsonStringEnumMemberName("email")] Email,
    [JsonStringEnumMemberName("secret")] Secret,
    [JsonStringEnumMemberName("internal-link")] InternalLink,

    /// <summary>Never replaced by itself: a person decides.</summary>
    [JsonStringEnumMemberName("phone-number")] PhoneNumber,

    /// <summary>A term of the authors' own.</summary>
    [JsonStringEnumMemberName("term")] Term,
}

/// <summary>The number under which something is spoken of outside: the same in every document of the incident.</summary>
public sealed class Pseudonym
{
    public const int MaxSubjectLength = 300;

    public Guid IncidentId { get; init; }
    public Incident? Incident { get; init; }
    public NamedThing Thing { get; init; }

    /// <summary>An id, or a folded name or address.</summary>
    public required string Subject { get; init; }

    /// <summary>1, 2, 3, … of this thing in the incident: <c>Site A</c> is the first.</summary>
    public int Number { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Pseudonym>
    {
        public void Configure(EntityTypeBuilder<Pseudonym> b)
        {
            b.ToTable("Pseudonyms");
            b.HasKey(p => new { p.IncidentId, p.Thing, p.Subject });
            b.Property(p => p.Subject).HasMaxLength(MaxSubjectLength);
            b.HasIndex(p => new { p.IncidentId, p.Thing, p.Number }).IsUnique();
            b.HasOne(p => p.Incident).WithMany().HasForeignKey(p => p.IncidentId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>A word that the authors do not want outside, and what stands in its place.</summary>
public sealed class RedactionTerm
{
    public const int MaxTextLength = 200;
    public const int MaxOfIncident = 200;

    /// <summary>Made by the client.</summary>
    public Guid Id { get; init; }
    public Guid IncidentId { get; init; }
    public Incident? Incident { get; init; }

    /// <summary>Found without regard to case and accents.</summary>
    public required string Text { get; set; }
    public required string Replacement { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<RedactionTerm>
    {
        public void Configure(EntityTypeBuilder<RedactionTerm> b)
        {
            b.ToTable("RedactionTerms");
            b.Property(t => t.Text).HasMaxLength(MaxTextLength);
            b.Property(t => t.Replacement).HasMaxLength(MaxTextLength);
            b.HasIndex(t => t.IncidentId);
            b.HasOne(t => t.Incident).WithMany().HasForeignKey(t => t.IncidentId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>Something that looks like a leak, and that somebody has decided may be told to an audience.</summary>
public sealed class AcceptedLeak
{
    public const int MaxReasonLength = 1_000;

    public Guid Id { get; init; }
    public Guid IncidentId { get; init; }
    public Incident? Incident { get; init; }
    public Audience Audience { get; init; }
    public NamedThing Thing { get; init; }

    /// <summary>As it was found, folded.</summary>
    public required string Subject { get; init; }
    public required string Reason { get; init; }

    /// <summary>UTC.</summary>
    public DateTime At { get; init; }
    public Guid ById { get; init; }

    /// <summary>The name at that time.</summary>
    public required string ByName { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AcceptedLeak>
    {
        public void Configure(EntityTypeBuilder<AcceptedLeak> b)
        {
            b.ToTable("AcceptedLeaks");
            b.Property(l => l.Subject).HasMaxLength(Pseudonym.MaxSubjectLength);
            b.Property(l => l.Reason).HasMaxLength(MaxReasonLength);
            b.Property(l => l.ByName).HasMaxLength(Person.MaxNameLength);
            b.HasIndex(l => new { l.IncidentId, l.Audience, l.Thing, l.Subject }).IsUnique();
            b.HasOne(l => l.Incident).WithMany().HasForeignKey(l => l.IncidentId).OnDelete(DeleteBehavior.Restrict);
            b.HasOne<Person>().WithMany().HasForeignKey(l => l.ById).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

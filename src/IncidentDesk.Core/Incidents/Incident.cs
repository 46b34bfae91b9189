using IncidentDesk.People;
using IncidentDesk.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace IncidentDesk.Incidents;

/// <summary>One attack.</summary>
public sealed class Incident
{
    public const int MaxTitleLength = 200;

    public Guid Id { get; init; }

    /// <summary>For example <c>INC-2026-001</c>: the year in which the impact began (UTC), and a number in that year.</summary>
    public required string Key { get; init; }
    public required string Title { get; set; }
    public Severity Severity { get; set; }
    public IncidentStatus Status { get; set; }
    public Tlp Tlp { get; set; }

    /// <summary>Seen only by the people named in it and by administrators.</summary>
    public bool IsRestricted { get; set; }

    /// <summary>IANA id of the zone in which the people of this incident speak of times.</summary>
    public required string TimeZone { get; set; }

    /// <summary>The number of the newest timeline entry. Raised in the transaction that writes the entry: its row lock orders the writers.</summary>
    public long LastSequence { get; internal set; }

    /// <summary>Raised by each change of the incident's own fields; entries do not raise it.</summary>
    public int Version { get; set; }

    /// <summary>UTC.</summary>
    public DateTime DeclaredAt { get; init; }

    /// <summary>UTC, of the newest entry or change.</summary>
    public DateTime ChangedAt { get; init; }

    public List<Milestone> Milestones { get; init; } = [];
    public List<RoleAssignment> Roles { get; init; } = [];
    public List<NamedPerson> NamedPeople { get; init; } = [];

    public OccurrenceTime? When(MilestoneKind kind) => Milestones.Find(m => m.Kind == kind)?.Time;

    public RoleAssignment? Holder(IncidentRole role) => Roles.Find(r => r.Role == role && r.EndedAt is null);

    internal sealed class Configuration : IEntityTypeConfiguration<Incident>
    {
        public void Configure(EntityTypeBuilder<Incident> b)
        {
            b.ToTable("Incidents");
            b.Property(i => i.Key).HasMaxLength(20);
            b.Property(i => i.Title).HasMaxLength(MaxTitleLength);
            b.Property(i => i.TimeZone).HasMaxLength(64);
            b.Property(i => i.Version).IsConcurrencyToken();
            b.HasIndex(i => i.Key).IsUnique();
            b.HasIndex(i => i.ChangedAt);
        }
    }
}

/// <summary>When a point of the incident's course was reached, as well as it is known. A missing one is unknown.</summary>
public sealed class Milestone
{
    public Guid IncidentId { get; init; }
    public Incident? Incident { get; init; }
    public MilestoneKind Kind { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? At { get; set; }
    public Precision Precision { get; set; }

    public OccurrenceTime Time => new(At, Precision);

    internal sealed class Configuration : IEntityTypeConfiguration<Milestone>
    {
        public void Configure(EntityTypeBuilder<Milestone> b)
        {
            b.ToTable("Milestones");
            b.HasKey(m => new { m.IncidentId, m.Kind });
            b.Ignore(m => m.Time);
            b.HasOne(m => m.Incident).WithMany(i => i.Milestones).HasForeignKey(m => m.IncidentId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>Who had a role, from when to when. Ended ones are the role's history.</summary>
public sealed class RoleAssignment
{
    public Guid Id { get; init; }
    public Guid IncidentId { get; init; }
    public Incident? Incident { get; init; }
    public IncidentRole Role { get; init; }
    public Guid PersonId { get; init; }

    /// <summary>The name at that time.</summary>
    public required string PersonName { get; init; }

    /// <summary>UTC.</summary>
    public DateTime StartedAt { get; init; }

    /// <summary>UTC; null for the present holder.</summary>
    public DateTime? EndedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<RoleAssignment>
    {
        public void Configure(EntityTypeBuilder<RoleAssignment> b)
        {
            b.ToTable("RoleAssignments");
            b.Property(r => r.PersonName).HasMaxLength(Person.MaxNameLength);
            b.HasIndex(r => new { r.IncidentId, r.Role }).IsUnique().HasFilter("\"EndedAt\" IS NULL");
            b.HasOne(r => r.Incident).WithMany(i => i.Roles).HasForeignKey(r => r.IncidentId).OnDelete(DeleteBehavior.Restrict);
            b.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>Somebody who may see a restricted incident.</summary>
public sealed class NamedPerson
{
    public Guid IncidentId { get; init; }
    public Incident? Incident { get; init; }
    public Guid PersonId { get; init; }
    public Person? Person { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<NamedPerson>
    {
        public void Configure(EntityTypeBuilder<NamedPerson> b)
        {
            b.ToTable("NamedPeople");
            b.HasKey(n => new { n.IncidentId, n.PersonId });
            b.HasOne(n => n.Incident).WithMany(i => i.NamedPeople).HasForeignKey(n => n.IncidentId).OnDelete(DeleteBehavior.Restrict);
            b.HasOne(n => n.Person).WithMany().HasForeignKey(n => n.PersonId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>The last number given in a year. Its row lock keeps two declarations from one key.</summary>
public sealed class IncidentCounter
{
    public int Year { get; init; }
    public int Last { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<IncidentCounter>
    {
        public void Configure(EntityTypeBuilder<IncidentCounter> b)
        {
            b.ToTable("IncidentCounters");
            b.HasKey(c => c.Year);
            b.Property(c => c.Year).ValueGeneratedNever();
        }
    }
}

using IncidentDesk.Assets;
using IncidentDesk.Attachments;
using IncidentDesk.Attacks;
using IncidentDesk.Audit;
using IncidentDesk.Checklists;
using IncidentDesk.FollowUps;
using IncidentDesk.History;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.People;
using IncidentDesk.Postmortems;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace IncidentDesk.Data;

/// <summary>The record. One context serves one operation.</summary>
/// <remarks>Incidents and all that hangs on them pass one query filter: closed until <see cref="EnterAsync"/> has said who reads.</remarks>
public sealed class DeskContext(DbContextOptions<DeskContext> options)
    : IdentityUserContext<Person, Guid>(options)
{
    public DbSet<Incident> Incidents => Set<Incident>();
    public DbSet<Milestone> Milestones => Set<Milestone>();
    public DbSet<RoleAssignment> RoleAssignments => Set<RoleAssignment>();
    public DbSet<NamedPerson> NamedPeople => Set<NamedPerson>();
    public DbSet<TimelineEntry> Entries => Set<TimelineEntry>();
    public DbSet<Member> Members => Set<Member>();
    public DbSet<Asset> Assets => Set<Asset>();
    public DbSet<AssetName> AssetNames => Set<AssetName>();
    public DbSet<AssetLink> AssetLinks => Set<AssetLink>();
    public DbSet<Impact> Impacts => Set<Impact>();
    public DbSet<Mitigation> Mitigations => Set<Mitigation>();
    public DbSet<IncidentMitigation> IncidentMitigations => Set<IncidentMitigation>();
    public DbSet<MitigationKind> MitigationKinds => Set<MitigationKind>();
    public DbSet<MitigationTemplate> MitigationTemplates => Set<MitigationTemplate>();
    public DbSet<Checklist> Checklists => Set<Checklist>();
    public DbSet<IncidentChecklist> IncidentChecklists => Set<IncidentChecklist>();
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();
    public DbSet<AccessLink> AccessLinks => Set<AccessLink>();
    public DbSet<AccessRequest> AccessRequests => Set<AccessRequest>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<KnownDevice> KnownDevices => Set<KnownDevice>();
    public DbSet<Authenticator> Authenticators => Set<Authenticator>();
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();
    public DbSet<SecondFactorRole> SecondFactorRoles => Set<SecondFactorRole>();
    public DbSet<AuditEvent> AuditEvents => Set<AuditEvent>();
    public DbSet<Attachment> Attachments => Set<Attachment>();
    public DbSet<AttachmentContent> AttachmentContents => Set<AttachmentContent>();
    public DbSet<AttackWave> AttackWaves => Set<AttackWave>();
    public DbSet<WaveTarget> WaveTargets => Set<WaveTarget>();
    public DbSet<WaveDefence> WaveDefences => Set<WaveDefence>();
    public DbSet<TrafficBatch> TrafficBatches => Set<TrafficBatch>();
    public DbSet<TrafficSample> TrafficSamples => Set<TrafficSample>();
    public DbSet<FollowUp> FollowUps => Set<FollowUp>();
    public DbSet<Postmortem> Postmortems => Set<Postmortem>();
    public DbSet<PostmortemReviewer> PostmortemReviewers => Set<PostmortemReviewer>();
    public DbSet<PostmortemSection> PostmortemSections => Set<PostmortemSection>();
    public DbSet<SectionRevision> SectionRevisions => Set<SectionRevision>();
    public DbSet<PostmortemComment> PostmortemComments => Set<PostmortemComment>();
    public DbSet<PostmortemTemplate> PostmortemTemplates => Set<PostmortemTemplate>();
    public DbSet<ChosenEntry> ChosenEntries => Set<ChosenEntry>();
    public DbSet<ChosenFile> ChosenFiles => Set<ChosenFile>();
    public DbSet<FrozenDocument> FrozenDocuments => Set<FrozenDocument>();
    public DbSet<DocumentExport> DocumentExports => Set<DocumentExport>();
    public DbSet<Pseudonym> Pseudonyms => Set<Pseudonym>();
    public DbSet<RedactionTerm> RedactionTerms => Set<RedactionTerm>();
    public DbSet<AcceptedLeak> AcceptedLeaks => Set<AcceptedLeak>();
    public DbSet<SearchDocument> SearchDocuments => Set<SearchDocument>();
    public DbSet<SavedView> SavedViews => Set<SavedView>();
    public DbSet<IncidentVisit> IncidentVisits => Set<IncidentVisit>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    private Guid ViewerId { get; set; }
    private bool ViewerIsAdministrator { get; set; }

    /// <summary>Reads who the actor is now and opens to them what they may see.</summary>
    /// <returns>The member of the desk, or <c>Person.NoAccess</c> when the account is gone or disabled.</returns>
    public async Task<Result<DeskMember>> EnterAsync(Actor actor, CancellationToken ct)
    {
        var member = await Users.AsNoTracking()
            .Where(p => p.Id == actor.PersonId && p.DisabledAt == null)
            .Select(p => new DeskMember(p.Id, p.DisplayName, p.Role))
            .FirstOrDefaultAsync(ct);
        if (member is null) return new Forbidden("Person.NoAccess");
        ViewerId = member.Id;
        ViewerIsAdministrator = member.Role.MayAdminister();
        return member;
    }

    /// <summary>As above, and finds an incident that they may see, as a rule in one round trip.</summary>
    /// <returns>The member and the incident's id, or <c>Person.NoAccess</c>, or <see cref="NotFound"/>.</returns>
    public async Task<Result<(DeskMember Member, Guid IncidentId)>> EnterAsync(Actor actor, string incidentKey, CancellationToken ct)
    {
        // The filter lets through what anybody with this id may see; whether the account works says the same answer.
        (ViewerId, ViewerIsAdministrator) = (actor.PersonId, false);
        var found = await Users.AsNoTracking()
            .Where(p => p.Id == actor.PersonId && p.DisabledAt == null)
            .Select(p => new { Member = new DeskMember(p.Id, p.DisplayName, p.Role), IncidentId = Incidents.Where(i => i.Key == incidentKey).Select(i => (Guid?)i.Id).FirstOrDefault() })
            .FirstOrDefaultAsync(ct);
        if (found is null)
        {
            ViewerId = Guid.Empty;
            return new Forbidden("Person.NoAccess");
        }
        ViewerIsAdministrator = found.Member.Role.MayAdminister();
        var id = found.IncidentId;
        if (id is null && ViewerIsAdministrator) id = await Incidents.Where(i => i.Key == incidentKey).Select(i => (Guid?)i.Id).FirstOrDefaultAsync(ct);
        return id is { } incidentId ? (found.Member, incidentId) : new NotFound("Incident.NotFound", incidentKey);
    }

    /// <summary>The incidents that the reader may not see, as a rule few: what was read without the filter is kept clean with them.</summary>
    internal Task<HashSet<Guid>> HiddenAsync(CancellationToken ct) => Incidents.IgnoreQueryFilters()
        .Where(i => i.IsRestricted && !ViewerIsAdministrator && !i.NamedPeople.Any(n => n.PersonId == ViewerId)).Select(i => i.Id).ToHashSetAsync(ct);

    /// <summary>Opens everything to the desk itself, for what it does at a time and nobody asked for.</summary>
    internal DeskMember EnterAsDesk()
    {
        (ViewerId, ViewerIsAdministrator) = (Guid.Empty, true);
        return DeskMember.Desk;
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        RefuseRewritingHistory();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        RefuseRewritingHistory();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    private void RefuseRewritingHistory()
    {
        if (ChangeTracker.Entries().Any(e => e.State is EntityState.Modified or EntityState.Deleted && e.Entity is TimelineEntry or Impact or MitigationStep or AuditEvent or Attachment or AttachmentContent or TrafficSample or FrozenDocument or DocumentExport or AcceptedLeak))
            throw new InvalidOperationException("Timeline entries, impacts, the steps of mitigations, measurements, attachments, frozen documents, the record of exports and the audit trail are append-only; write a revision instead.");
    }

    // The people named in an incident have no filter, on purpose; see below.
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.ConfigureWarnings(w => w.Ignore(CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning));

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("PersonClaims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("PersonLogins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("PersonTokens");
        builder.Entity<IdentityUserPasskey<Guid>>().ToTable("PersonPasskeys");
        builder.ApplyConfigurationsFromAssembly(typeof(DeskContext).Assembly);

        // The people named in an incident have no filter of their own: the others ask for them, and a filter that leads back to
        // itself has no end. They are read with their incident only.
        builder.Entity<Incident>().HasQueryFilter(i => !i.IsRestricted || ViewerIsAdministrator || i.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<Milestone>().HasQueryFilter(m => !m.Incident!.IsRestricted || ViewerIsAdministrator || m.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<RoleAssignment>().HasQueryFilter(r => !r.Incident!.IsRestricted || ViewerIsAdministrator || r.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<TimelineEntry>().HasQueryFilter(e => !e.Incident!.IsRestricted || ViewerIsAdministrator || e.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<Impact>().HasQueryFilter(i => !i.Incident!.IsRestricted || ViewerIsAdministrator || i.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<Attachment>().HasQueryFilter(a => !a.Incident!.IsRestricted || ViewerIsAdministrator || a.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<AttachmentContent>().HasQueryFilter(c => !c.Attachment!.Incident!.IsRestricted || ViewerIsAdministrator || c.Attachment!.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<IncidentChecklist>().HasQueryFilter(c => !c.Incident!.IsRestricted || ViewerIsAdministrator || c.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<IncidentMitigation>().HasQueryFilter(m => !m.Incident!.IsRestricted || ViewerIsAdministrator || m.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<AttackWave>().HasQueryFilter(w => !w.Incident!.IsRestricted || ViewerIsAdministrator || w.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<WaveTarget>().HasQueryFilter(t => !t.Wave!.Incident!.IsRestricted || ViewerIsAdministrator || t.Wave!.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<WaveDefence>().HasQueryFilter(d => !d.Wave!.Incident!.IsRestricted || ViewerIsAdministrator || d.Wave!.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<TrafficBatch>().HasQueryFilter(b => !b.Incident!.IsRestricted || ViewerIsAdministrator || b.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<TrafficSample>().HasQueryFilter(s => !s.Batch!.Incident!.IsRestricted || ViewerIsAdministrator || s.Batch!.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<FollowUp>().HasQueryFilter(f => !f.Incident!.IsRestricted || ViewerIsAdministrator || f.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<Postmortem>().HasQueryFilter(p => !p.Incident!.IsRestricted || ViewerIsAdministrator || p.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<PostmortemReviewer>().HasQueryFilter(r => !r.Postmortem!.Incident!.IsRestricted || ViewerIsAdministrator || r.Postmortem!.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<PostmortemSection>().HasQueryFilter(s => !s.Postmortem!.Incident!.IsRestricted || ViewerIsAdministrator || s.Postmortem!.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<SectionRevision>().HasQueryFilter(r => !r.Section!.Postmortem!.Incident!.IsRestricted || ViewerIsAdministrator || r.Section!.Postmortem!.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<PostmortemComment>().HasQueryFilter(c => !c.Postmortem!.Incident!.IsRestricted || ViewerIsAdministrator || c.Postmortem!.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<ChosenEntry>().HasQueryFilter(e => !e.Postmortem!.Incident!.IsRestricted || ViewerIsAdministrator || e.Postmortem!.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<ChosenFile>().HasQueryFilter(f => !f.Postmortem!.Incident!.IsRestricted || ViewerIsAdministrator || f.Postmortem!.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<FrozenDocument>().HasQueryFilter(d => !d.Incident!.IsRestricted || ViewerIsAdministrator || d.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<DocumentExport>().HasQueryFilter(e => !e.Incident!.IsRestricted || ViewerIsAdministrator || e.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<Pseudonym>().HasQueryFilter(p => !p.Incident!.IsRestricted || ViewerIsAdministrator || p.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<RedactionTerm>().HasQueryFilter(t => !t.Incident!.IsRestricted || ViewerIsAdministrator || t.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<AcceptedLeak>().HasQueryFilter(l => !l.Incident!.IsRestricted || ViewerIsAdministrator || l.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<SearchDocument>().HasQueryFilter(d => !d.Incident!.IsRestricted || ViewerIsAdministrator || d.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        builder.Entity<IncidentVisit>().HasQueryFilter(v => !v.Incident!.IsRestricted || ViewerIsAdministrator || v.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId));
        // Whoever sees one of its incidents sees the mitigation.
        builder.Entity<Mitigation>().HasQueryFilter(m => ViewerIsAdministrator || m.Incidents.Any(i => !i.Incident!.IsRestricted || i.Incident!.NamedPeople.Any(n => n.PersonId == ViewerId)));
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<DateTime>().HaveConversion<UtcConverter>();
        conventions.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }

    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        value => Clock.ToMicroseconds(value),
        value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
}

/// <summary>Who reads or writes, as the database knows them now.</summary>
public sealed record DeskMember(Guid Id, string Name, PersonRole Role)
{
    /// <summary>The desk itself, as the author of what it does at a time.</summary>
    internal static readonly DeskMember Desk = new(Guid.Empty, "IncidentDesk", PersonRole.Administrator);

    /// <summary>Null for the desk itself.</summary>
    public Guid? AuthorId => Id == Guid.Empty ? null : Id;
}

using IncidentDesk.Assets;
using IncidentDesk.Attachments;
using IncidentDesk.Attacks;
using IncidentDesk.Audit;
using IncidentDesk.Checklists;
using IncidentDesk.Evidence;
using IncidentDesk.Examples;
using IncidentDesk.FollowUps;
using IncidentDesk.History;
using IncidentDesk.Impacts;
using IncidentDesk.Import;
using IncidentDesk.Incidents;
using IncidentDesk.Leadership;
using IncidentDesk.Live;
using IncidentDesk.Mitigations;
using IncidentDesk.People;
using IncidentDesk.Postmortems;
using IncidentDesk.Timeline;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IncidentDesk.Data;

public static class CoreServices
{
    /// <summary>The record, its use cases and the live feed on one engine. The host brings an <c>IDataProtectionProvider</c>.</summary>
    public static IServiceCollection AddDesk(this IServiceCollection services, DatabaseEngine engine)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(engine);
        services.AddDbContextFactory<DeskContext>(engine.Configure);
        services.AddSingleton<DeskDatabase>();

        services.AddSingleton<IncidentFeed>().AddSingleton<LiveTimeline>().AddSingleton<LiveSituation>().AddSingleton<Presence>();

        services.AddSingleton<IncidentWriter>();
        services.AddSingleton<RestrictedReads>().AddSingleton<ReadAudit>().AddSingleton<ExportAudit>().AddSingleton<AskForAccess>().AddSingleton<DecideAccess>();
        services.AddSingleton<DeclareIncident>().AddSingleton<ChangeIncident>().AddSingleton<AssignRole>().AddSingleton<SetMilestone>().AddSingleton<RestrictIncident>().AddSingleton<FindIncidents>();
        services.AddSingleton<SearchIncidents>().AddSingleton<CountFacets>().AddSingleton<SummariseIncidents>().AddSingleton<KeepViews>();
        services.AddSingleton<AddEntry>().AddSingleton<CorrectEntry>().AddSingleton<ReadTimeline>();
        services.AddSingleton<ImportTimeline>().AddSingleton<ExampleInventory>().AddSingleton<ExampleParts>().AddSingleton<ExamplePostmortems>().AddSingleton<LoadExamples>();
        services.AddSingleton<FindAssets>().AddSingleton<ReadInventory>().AddSingleton<ChangeInventory>().AddSingleton<ImportInventory>();
        services.AddSingleton<MarkImpact>().AddSingleton<EndImpact>().AddSingleton<CorrectImpact>().AddSingleton<ReadImpacts>();
        services.AddSingleton<AddMitigation>().AddSingleton<MoveMitigation>().AddSingleton<ExtendReview>().AddSingleton<EditMitigation>().AddSingleton<ServeIncident>().AddSingleton<FindMitigations>().AddSingleton<KeepMitigationKinds>().AddSingleton<KeepTemplates>();
        services.AddSingleton<FindChecklists>().AddSingleton<KeepChecklists>().AddSingleton<AttachChecklist>().AddSingleton<DetachChecklist>().AddSingleton<TickStep>();
        services.AddSingleton<DeclareWave>().AddSingleton<EditWave>().AddSingleton<EndWave>().AddSingleton<WithdrawWave>().AddSingleton<FindWaves>().AddSingleton<FoldSources>();
        services.AddSingleton<NoteVisit>().AddSingleton<ReadChanges>();
        services.AddSingleton<ReadTraffic>().AddSingleton<ReadBoard>().AddSingleton<LiveTraffic>().AddSingleton<RecordTraffic>().AddSingleton<PasteTraffic>().AddSingleton<WithdrawTraffic>().AddSingleton<FindPrecedents>();
        services.AddSingleton<AddFollowUp>().AddSingleton<EditFollowUp>().AddSingleton<MoveFollowUp>().AddSingleton<FindFollowUps>();
        services.AddSingleton<ReadDocument>().AddSingleton<Redaction>().AddSingleton<ReadDocumentFile>().AddSingleton<CheckLeaks>().AddSingleton<AcceptLeak>().AddSingleton<KeepTerms>().AddSingleton<ReadRedaction>();
        services.AddSingleton<ReadLeadership>().AddSingleton<ReadFigure>().AddSingleton<ReadLedger>().AddSingleton<ExportFigures>();
        services.TryAddSingleton(new DeskAddress(null));
        services.AddSingleton<PostmortemWriter>().AddSingleton<BeginPostmortem>().AddSingleton<ReadPostmortem>().AddSingleton<EditPostmortem>().AddSingleton<SaveSection>().AddSingleton<ArrangeSections>().AddSingleton<ReadRevisions>().AddSingleton<RestoreRevision>();
        services.AddSingleton<KeepComments>().AddSingleton<ChooseEvidence>().AddSingleton<ReadReferencedChanges>().AddSingleton<MarkChangesSeen>().AddSingleton<FindPostmortemTemplates>().AddSingleton<KeepPostmortemTemplates>();
        services.AddSingleton<NameReviewers>().AddSingleton<MovePostmortem>().AddSingleton<ApprovePostmortem>().AddSingleton<FinishPostmortem>().AddSingleton<FindDocuments>().AddSingleton<VerifyDocument>().AddSingleton<FindPostmortems>();
        services.AddSingleton<MakeSituationReport>().AddSingleton<FindSituationReports>().AddSingleton<ExportEvidence>().AddSingleton<ImportDocument>();
        services.AddSingleton<RecordExport>().AddSingleton<ReadExports>();
        services.AddSingleton<AddAttachment>().AddSingleton<ReadAttachments>();
        services.AddSingleton<ManagePeople>().AddSingleton<MyAccount>().AddSingleton<CheckToken>().AddSingleton<EndAllSessions>();

        services.AddSingleton<SignInThrottle>().AddSingleton<FailedAttempts>().AddSingleton<PasswordGate>().AddSingleton<SignInWithPassword>().AddSingleton<SecondFactors>().AddSingleton<CheckSecondFactor>().AddSingleton<ConfirmPassword>().AddSingleton<Sessions>().AddSingleton<HelpToSignIn>();
        services.TryAddSingleton(new BreachedPasswords(null));

        // These work through the framework's user manager, which keeps a context for its scope.
        services.AddScoped<SetUpDesk>().AddScoped<ChoosePassword>().AddScoped<Passkeys>();
        // OWASP, Password Storage: PBKDF2 with HMAC-SHA-512.
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 210_000);
        services.AddSingleton<IPasswordHasher<Person>, PasswordRule.Hasher>();
        services.AddIdentityCore<Person>(options =>
        {
            options.User.RequireUniqueEmail = true;
            // The name is the address, and an address may hold more than the framework's list of characters.
            options.User.AllowedUserNameCharacters = "";
            // The rule is ours: the framework counts halves of characters.
            options.Password.RequiredLength = options.Password.RequiredUniqueChars = 1;
            options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
            options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        }).AddEntityFrameworkStores<DeskContext>().AddPasswordValidator<PasswordRule.Validator>();
        return services;
    }

    /// <summary>What runs beside the requests: the poll and, on PostgreSQL, the wire to other nodes.</summary>
    public static IServiceCollection AddDeskLive(this IServiceCollection services, DatabaseEngine engine)
    {
        services.AddHostedService<FeedPoll>().AddHostedService<MitigationClock>();
        if (engine is PostgresEngine postgres)
        {
            services.AddSingleton(postgres);
            services.AddHostedService<PostgresListener>().AddHostedService<IncidentWire>().AddHostedService<PresenceWire>();
        }
        return services;
    }
}

using System.Diagnostics;
using System.Globalization;
using IncidentDesk.Assets;
using IncidentDesk.Attacks;
using IncidentDesk.Data;
using IncidentDesk.FollowUps;
using IncidentDesk.Impacts;
using IncidentDesk.Incidents;
using IncidentDesk.Mitigations;
using IncidentDesk.People;
using IncidentDesk.Shared;
using IncidentDesk.Timeline;
using Microsoft.EntityFrameworkCore;

namespace IncidentDesk.Benchmarks.History;

/// <summary>Fills an empty desk with years of made-up incidents: the same ones each time, on both engines.</summary>
/// <remarks>Written past the use cases, a thousand rows at a time; the triggers of the database see each row. Every name is invented.</remarks>
internal sealed class HistoryData(DeskDatabase database, int incidents, int entries)
{
    private const int Members = 850;
    private const int Servers = 40;
    private const int Sites = 1_200;
    private const int People = 20;
    private const int FirstYear = 2014;

    /// <summary>A long log, for the page that opens it.</summary>
    public const int LongLog = 20_000;

    private readonly Random _random = new(20150730);
    private readonly DateTime _end = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly List<Person> _people = [];
    private readonly List<Asset> _assets = [];
    private readonly List<TimelineEntry> _log = [];
    private string[] _kinds = [];

    /// <summary>Of the made-up people: the first may see everything, the others what is not restricted.</summary>
    public static string AddressOf(int person) => $"made-up-{person}@example.org";

    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> FillAsync()
    {
        var start = Stopwatch.GetTimestamp();
        await database.MigrateAsync(default);
        await AddPeopleAsync();
        await AddInventoryAsync();
        await using (var db = await database.OpenAsync(default)) _kinds = await db.MitigationKinds.OrderBy(k => k.Slug).Select(k => k.Slug).ToArrayAsync();
        var sizes = Sizes();
        var numbers = new Dictionary<int, int>();
        var span = _end - new DateTime(FirstYear, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var from = 0; from < incidents; from += 20)
        {
            await using var db = await database.OpenAsync(default);
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            await using var transaction = await db.Database.BeginTransactionAsync();
            for (var n = from; n < Math.Min(incidents, from + 20); n++)
            {
                var began = new DateTime(FirstYear, 1, 1, 0, 0, 0, DateTimeKind.Utc) + (span * ((n + _random.NextDouble()) / incidents));
                var number = numbers[began.Year] = numbers.GetValueOrDefault(began.Year) + 1;
                await AddIncidentAsync(db, string.Create(CultureInfo.InvariantCulture, $"INC-{began.Year:0000}-{number:000}"), began, sizes[n]);
            }
            await db.SaveChangesAsync();
            await new EntryRows(db).WriteAsync(_log);
            _log.Clear();
            await transaction.CommitAsync();
        }
        await AddCountersAsync(numbers);
        if (database.Engine is PostgresEngine)
        {
            await using var db = await database.OpenAsync(default);
            await db.Database.ExecuteSqlRawAsync("ANALYZE");
        }
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Most logs are short, a few are very long.</summary>
    private int[] Sizes()
    {
        var sizes = new int[incidents];
        var rest = entries;
        for (var n = 0; n < incidents; n++)
        {
            sizes[n] = n == incidents / 2 && entries >= 2 * LongLog ? LongLog : n % 500 == 7 ? 3_000 : n % 10 == 3 ? 200 : 3 + _random.Next(120);
            rest -= sizes[n];
        }
        // What is missing or too much is spread over the ordinary ones.
        for (var n = 0; rest != 0; n = (n + 1) % incidents)
        {
            if (sizes[n] is LongLog or < 3) continue;
            sizes[n] += Math.Sign(rest);
            rest -= Math.Sign(rest);
        }
        return sizes;
    }

    private async Task AddIncidentAsync(DeskContext db, string key, DateTime began, int size)
    {
        var now = began.AddMinutes(_random.Next(1, 40));
        var length = TimeSpan.FromMinutes(Math.Exp(2 + (_random.NextDouble() * 6)));
        var isOpen = _end - began < TimeSpan.FromDays(2);
        var incident = new Incident
        {
            Id = Guid.CreateVersion7(),
            Key = key,
            Title = Words.Title(_random),
            Severity = (Severity)Math.Min(3, _random.Next(10) / 2),
            Status = isOpen ? IncidentStatus.Mitigating : _random.Next(12) == 0 ? IncidentStatus.Resolved : IncidentStatus.Closed,
            Tlp = (Tlp)_random.Next(5),
            IsRestricted = _random.Next(50) == 0,
            TimeZone = "America/New_York",
            Version = 1,
            DeclaredAt = now,
            ChangedAt = began + length + TimeSpan.FromHours(2),
        };
        Milestones(incident, began, length);
        var lead = _people[_random.Next(People)];
        incident.Roles.Add(new() { Id = Guid.CreateVersion7(), IncidentId = incident.Id, Role = IncidentRole.Lead, PersonId = lead.Id, PersonName = lead.DisplayName, StartedAt = now });
        if (incident.IsRestricted) incident.NamedPeople.Add(new() { IncidentId = incident.Id, PersonId = _people[0].Id });
        db.Incidents.Add(incident);
        db.Entry(incident).Property(i => i.LastSequence).CurrentValue = size;
        _log.AddRange(Log(incident, began, length, size));
        Impacts(db, incident, began, length);
        Waves(db, incident, began, length, Mitigations(db, incident, began, length));
        if (_random.Next(2) == 0) db.FollowUps.Add(FollowUp(incident, began));
    }

    private void Milestones(Incident incident, DateTime began, TimeSpan length)
    {
        void Add(MilestoneKind kind, DateTime at, Precision? precision = null) =>
            incident.Milestones.Add(new() { IncidentId = incident.Id, Kind = kind, At = at, Precision = precision ?? (_random.Next(8) == 0 ? Precision.Day : _random.Next(4) == 0 ? Precision.About : Precision.Exact) });
        Add(MilestoneKind.ImpactStarted, began);
        Add(MilestoneKind.Declared, incident.DeclaredAt, Precision.Exact);
        if (_random.Next(10) > 2) Add(MilestoneKind.Detected, began.AddMinutes(_random.Next(0, 30)));
        if (_random.Next(10) > 3) Add(MilestoneKind.Acknowledged, incident.DeclaredAt.AddMinutes(_random.Next(1, 15)));
        if (_random.Next(10) > 3) Add(MilestoneKind.Mitigated, began + (length / 2));
        // One in two hundred ends before it starts: a mistake that somebody has to mend.
        if (_random.Next(10) > 2) Add(MilestoneKind.Resolved, _random.Next(200) == 0 ? began.AddHours(-1) : began + length);
        if (_random.Next(3) == 0) Add(MilestoneKind.FirstPublicWord, began + (length * 0.3));
    }

    private IEnumerable<TimelineEntry> Log(Incident incident, DateTime began, TimeSpan length, int size)
    {
        for (var n = 1; n <= size; n++)
        {
            var author = _people[_random.Next(People)];
            var (at, body) = (began + (length * n / size), n == 1 ? "" : Words.Sentence(_random));
            yield return new TimelineEntry
            {
                EntryId = Guid.CreateVersion7(),
                IncidentId = incident.Id,
                Sequence = n,
                RootSequence = n,
                Revision = 1,
                OccurredAt = at,
                SortAt = at,
                Rank = n,
                RecordedAt = at,
                AuthorId = author.Id,
                AuthorName = author.DisplayName,
                Kind = n == 1 ? EntryKind.Incident : (EntryKind)_random.Next(6),
                Body = body,
                IsKeyEvent = n > 1 && _random.Next(40) == 0,
                Change = n == 1 ? new EntryChange.Declared(incident.Severity) : null,
                SearchText = Folding.Fold($"{body} {author.DisplayName}"),
            };
        }
    }

    private void Impacts(DeskContext db, Incident incident, DateTime began, TimeSpan length)
    {
        // One in fifty takes a whole server with it.
        var count = _random.Next(50) == 0 ? 120 : 1 + _random.Next(12);
        foreach (var asset in _random.GetItems(_assets.ToArray(), count).DistinctBy(a => a.Id))
        {
            var (from, isOver) = (began.AddMinutes(_random.Next(0, 20)), _end - began > TimeSpan.FromDays(2));
            db.Impacts.Add(new()
            {
                RowId = Guid.CreateVersion7(),
                ImpactId = Guid.CreateVersion7(),
                Revision = 1,
                IncidentId = incident.Id,
                AssetId = asset.Id,
                State = (ImpactState)_random.Next(3),
                Cause = (ImpactCause)Math.Max(0, _random.Next(7) - 4),
                FromAt = from,
                FromPrecision = _random.Next(6) == 0 ? Precision.Day : Precision.Exact,
                ToAt = isOver ? from + (length * _random.NextDouble()) : null,
                ToPrecision = isOver ? Precision.Exact : null,
                Sequence = 1,
                RecordedAt = from,
                RecordedByName = "Bench",
            });
        }
    }

    private List<Mitigation> Mitigations(DeskContext db, Incident incident, DateTime began, TimeSpan length)
    {
        var made = new List<Mitigation>();
        for (var n = 0; n < _random.Next(5); n++)
        {
            var kind = _kinds[_random.Next(_kinds.Length)];
            var name = $"{kind}-{incident.Key}-{n}".ToLowerInvariant();
            var verdict = (MitigationState)_random.Next((int)MitigationState.Applied, (int)MitigationState.Reverted);
            var mitigation = new Mitigation { Id = Guid.CreateVersion7(), Name = name, FoldedName = name, Title = Words.Title(_random), Kind = kind, State = verdict, CreatedAt = began, VerdictReason = Words.Sentence(_random) };
            var applied = began + (length * _random.NextDouble() * 0.5);
            mitigation.Steps.Add(new() { MitigationId = mitigation.Id, Number = 1, State = MitigationState.Applied, At = applied, RecordedAt = applied, ByName = "Bench" });
            if (verdict != MitigationState.Applied) mitigation.Steps.Add(new() { MitigationId = mitigation.Id, Number = 2, State = verdict, At = applied + (length * 0.2), RecordedAt = applied + (length * 0.2), ByName = "Bench" });
            mitigation.Incidents.Add(new() { IncidentId = incident.Id, MitigationId = mitigation.Id });
            db.Mitigations.Add(mitigation);
            made.Add(mitigation);
        }
        return made;
    }

    private void Waves(DeskContext db, Incident incident, DateTime began, TimeSpan length, List<Mitigation> mitigations)
    {
        var count = 1 + (_random.Next(4) / 2);
        for (var n = 1; n <= count; n++)
        {
            var wave = new AttackWave
            {
                Id = Guid.CreateVersion7(),
                IncidentId = incident.Id,
                Number = n,
                Vector = AttackVectors.All[_random.Next(AttackVectors.All.Count)].Slug,
                FromAt = began + (length * (n - 1) / count),
                ToAt = began + (length * n / count),
                ToPrecision = Precision.Exact,
                Signature = Words.Sentence(_random),
                CreatedAt = began,
                CreatedByName = "Bench",
                AdaptedToId = n > 1 && mitigations.Count > 0 ? mitigations[0].Id : null,
            };
            wave.Targets.Add(new() { WaveId = wave.Id, AssetId = _assets[_random.Next(_assets.Count)].Id });
            foreach (var mitigation in mitigations) wave.Defences.Add(new() { WaveId = wave.Id, MitigationId = mitigation.Id });
            db.AttackWaves.Add(wave);
        }
    }

    private FollowUp FollowUp(Incident incident, DateTime began) => new()
    {
        Id = Guid.CreateVersion7(),
        IncidentId = incident.Id,
        Action = Words.Title(_random),
        OwnerId = _people[_random.Next(People)].Id,
        DueOn = DateOnly.FromDateTime(began.AddDays(30)),
        State = _random.Next(20) == 0 ? FollowUpState.Open : FollowUpState.Done,
        CreatedAt = began,
    };

    private async Task AddPeopleAsync()
    {
        await using var db = await database.OpenAsync(default);
        for (var n = 0; n < People; n++)
        {
            var email = AddressOf(n);
            _people.Add(new() { Id = Guid.CreateVersion7(), UserName = email, Email = email, NormalizedEmail = email.ToUpperInvariant(), NormalizedUserName = email.ToUpperInvariant(), SecurityStamp = "made up", DisplayName = $"Person {n}", Role = n == 0 ? PersonRole.Administrator : PersonRole.Responder, Language = "en", TimeZone = "UTC", CreatedAt = _end });
        }
        db.Users.AddRange(_people);
        await db.SaveChangesAsync();
    }

    private async Task AddInventoryAsync()
    {
        await using var db = await database.OpenAsync(default);
        var members = Enumerable.Range(1, Members).Select(n => new Member { Id = Guid.CreateVersion7(), Name = $"Member {n}", FoldedName = $"member {n}", IsInvented = true }).ToList();
        Asset New(AssetKind kind, string name, Member? member = null) => new() { Id = Guid.CreateVersion7(), Kind = kind, Name = name, FoldedName = name, MemberId = member?.Id, IsInvented = true };
        var uplink = New(AssetKind.Uplink, "uplink.example.org");
        var servers = Enumerable.Range(1, Servers).Select(n => New(AssetKind.Server, $"web-{n}.example.org")).ToList();
        var sites = Enumerable.Range(1, Sites).Select(n => New(AssetKind.MemberSite, $"site-{n}.example.org", members[n % Members])).ToList();
        _assets.AddRange([uplink, .. servers, .. sites]);
        db.Members.AddRange(members);
        db.Assets.AddRange(_assets);
        db.AssetLinks.AddRange(servers.Select(s => new AssetLink { AssetId = s.Id, OnId = uplink.Id }));
        db.AssetLinks.AddRange(sites.Select((s, n) => new AssetLink { AssetId = s.Id, OnId = servers[n % Servers].Id }));
        await db.SaveChangesAsync();
    }

    private async Task AddCountersAsync(Dictionary<int, int> numbers)
    {
        await using var db = await database.OpenAsync(default);
        db.AddRange(numbers.Select(n => new IncidentCounter { Year = n.Key, Last = n.Value }));
        await db.SaveChangesAsync();
    }
}

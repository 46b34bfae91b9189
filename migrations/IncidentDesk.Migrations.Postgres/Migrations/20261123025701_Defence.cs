using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace IncidentDesk.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Defence : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Links",
                table: "TimelineEntries",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Checklists",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TitleEn = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    TitleEs = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    Source = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    Steps = table.Column<string>(type: "text", nullable: false),
                    RetiredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Checklists", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Members",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    FoldedName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Aliases = table.Column<List<string>>(type: "text[]", nullable: false),
                    Notes = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    IsInvented = table.Column<bool>(type: "boolean", nullable: false),
                    RetiredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Members", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "MitigationKinds",
                columns: table => new
                {
                    Slug = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    NameEn = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    NameEs = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Actor = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    SacrificesTarget = table.Column<bool>(type: "boolean", nullable: false),
                    RetiredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MitigationKinds", x => x.Slug);
                });

            migrationBuilder.CreateTable(
                name: "IncidentChecklists",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    IncidentId = table.Column<Guid>(type: "uuid", nullable: false),
                    ChecklistId = table.Column<Guid>(type: "uuid", nullable: false),
                    TitleEn = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    TitleEs = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    Source = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    Steps = table.Column<string>(type: "text", nullable: false),
                    AttachedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    AttachedByName = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    DetachedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IncidentChecklists", x => x.Id);
                    table.ForeignKey(
                        name: "FK_IncidentChecklists_Checklists_ChecklistId",
                        column: x => x.ChecklistId,
                        principalTable: "Checklists",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_IncidentChecklists_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Assets",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    FoldedName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Service = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    MemberId = table.Column<Guid>(type: "uuid", nullable: true),
                    Notes = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    IsInvented = table.Column<bool>(type: "boolean", nullable: false),
                    RetiredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Assets", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Assets_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Mitigations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    FoldedName = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    Title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Actor = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    AppliedBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Command = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false),
                    Revert = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false),
                    ExpectedEffect = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false),
                    SideEffects = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false),
                    VerdictReason = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false),
                    ReviewBy = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    RemindedOf = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ExpiresAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    AskedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    AskedWhom = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Ticket = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    AnsweredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Answer = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Mitigations", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Mitigations_MitigationKinds_Kind",
                        column: x => x.Kind,
                        principalTable: "MitigationKinds",
                        principalColumn: "Slug",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MitigationTemplates",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Actor = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    AppliedBy = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Command = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false),
                    Revert = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false),
                    ExpectedEffect = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false),
                    SideEffects = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false),
                    ReviewAfterMinutes = table.Column<int>(type: "integer", nullable: true),
                    RetiredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MitigationTemplates", x => x.Id);
                    table.ForeignKey(
                        name: "FK_MitigationTemplates_MitigationKinds_Kind",
                        column: x => x.Kind,
                        principalTable: "MitigationKinds",
                        principalColumn: "Slug",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ChecklistTicks",
                columns: table => new
                {
                    IncidentChecklistId = table.Column<Guid>(type: "uuid", nullable: false),
                    Step = table.Column<int>(type: "integer", nullable: false),
                    TickedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ByName = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChecklistTicks", x => new { x.IncidentChecklistId, x.Step });
                    table.ForeignKey(
                        name: "FK_ChecklistTicks_IncidentChecklists_IncidentChecklistId",
                        column: x => x.IncidentChecklistId,
                        principalTable: "IncidentChecklists",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AssetLinks",
                columns: table => new
                {
                    AssetId = table.Column<Guid>(type: "uuid", nullable: false),
                    OnId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AssetLinks", x => new { x.AssetId, x.OnId });
                    table.ForeignKey(
                        name: "FK_AssetLinks_Assets_AssetId",
                        column: x => x.AssetId,
                        principalTable: "Assets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_AssetLinks_Assets_OnId",
                        column: x => x.OnId,
                        principalTable: "Assets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AssetNames",
                columns: table => new
                {
                    AssetId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Folded = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Text = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AssetNames", x => new { x.AssetId, x.Kind, x.Folded });
                    table.ForeignKey(
                        name: "FK_AssetNames_Assets_AssetId",
                        column: x => x.AssetId,
                        principalTable: "Assets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Impacts",
                columns: table => new
                {
                    RowId = table.Column<Guid>(type: "uuid", nullable: false),
                    ImpactId = table.Column<Guid>(type: "uuid", nullable: false),
                    Revision = table.Column<int>(type: "integer", nullable: false),
                    IncidentId = table.Column<Guid>(type: "uuid", nullable: false),
                    AssetId = table.Column<Guid>(type: "uuid", nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Cause = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    FromAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    FromPrecision = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    ToAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ToPrecision = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    Evidence = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    IsWithdrawn = table.Column<bool>(type: "boolean", nullable: false),
                    BehindId = table.Column<Guid>(type: "uuid", nullable: true),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    RecordedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    RecordedById = table.Column<Guid>(type: "uuid", nullable: true),
                    RecordedByName = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Impacts", x => x.RowId);
                    table.ForeignKey(
                        name: "FK_Impacts_Assets_AssetId",
                        column: x => x.AssetId,
                        principalTable: "Assets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Impacts_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "IncidentMitigations",
                columns: table => new
                {
                    IncidentId = table.Column<Guid>(type: "uuid", nullable: false),
                    MitigationId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IncidentMitigations", x => new { x.IncidentId, x.MitigationId });
                    table.ForeignKey(
                        name: "FK_IncidentMitigations_Incidents_IncidentId",
                        column: x => x.IncidentId,
                        principalTable: "Incidents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_IncidentMitigations_Mitigations_MitigationId",
                        column: x => x.MitigationId,
                        principalTable: "Mitigations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MitigationScopes",
                columns: table => new
                {
                    MitigationId = table.Column<Guid>(type: "uuid", nullable: false),
                    AssetId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MitigationScopes", x => new { x.MitigationId, x.AssetId });
                    table.ForeignKey(
                        name: "FK_MitigationScopes_Assets_AssetId",
                        column: x => x.AssetId,
                        principalTable: "Assets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_MitigationScopes_Mitigations_MitigationId",
                        column: x => x.MitigationId,
                        principalTable: "Mitigations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "MitigationSteps",
                columns: table => new
                {
                    MitigationId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Precision = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    RecordedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ById = table.Column<Guid>(type: "uuid", nullable: true),
                    ByName = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    Reason = table.Column<string>(type: "character varying(8000)", maxLength: 8000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MitigationSteps", x => new { x.MitigationId, x.Number });
                    table.ForeignKey(
                        name: "FK_MitigationSteps_Mitigations_MitigationId",
                        column: x => x.MitigationId,
                        principalTable: "Mitigations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "MitigationKinds",
                columns: new[] { "Slug", "Actor", "NameEn", "NameEs", "RetiredAt", "SacrificesTarget" },
                values: new object[,]
                {
                    { "bgp-move", "Own", "Move announcement to another carrier", "Mover el anuncio a otro proveedor", null, false },
                    { "cache", "Own", "Static or cached copy", "Copia estática o en caché", null, false },
                    { "capacity", "Upstream", "Add capacity or bandwidth", "Agregar capacidad o ancho de banda", null, false },
                    { "disable-feature", "Own", "Turn a feature off (XML-RPC, search, sign-up)", "Apagar una función (XML-RPC, búsqueda, registro)", null, false },
                    { "dns-change", "Own", "Change DNS records", "Cambiar registros DNS", null, false },
                    { "dns-relocate", "Own", "Move name servers to a stronger site or secondary DNS", "Mover los servidores de nombres a un sitio más fuerte o DNS secundario", null, false },
                    { "dns-ttl", "Own", "Lower DNS TTL", "Bajar el TTL de DNS", null, false },
                    { "fail2ban", "Own", "Log-driven ban (fail2ban, Banjax)", "Bloqueo a partir de logs (fail2ban, Banjax)", null, false },
                    { "flowspec", "Upstream", "BGP Flowspec rule", "Regla BGP Flowspec", null, false },
                    { "geo-block", "Own", "Geo block", "Bloqueo por país", null, false },
                    { "ip-block", "Own", "Block source addresses", "Bloqueo de direcciones de origen", null, false },
                    { "ip-change", "Own", "Change IP address", "Cambiar la dirección IP", null, false },
                    { "js-challenge", "Own", "JavaScript or proof-of-work challenge", "Desafío de JavaScript o prueba de trabajo", null, false },
                    { "kernel-tuning", "Own", "Kernel tuning", "Ajustes del kernel", null, false },
                    { "mail-relay", "Own", "Move or filter mail relay", "Mover o filtrar el relay de correo", null, false },
                    { "move-site", "Own", "Move site to another server", "Mover el sitio a otro servidor", null, false },
                    { "other", "Own", "Other", "Otra", null, false },
                    { "rate-limit", "Own", "Rate limit", "Límite de tasa", null, false },
                    { "reverse-proxy", "Vendor", "Put behind proxy or CDN (Deflect, Project Shield, Galileo …)", "Poner detrás de un proxy o CDN (Deflect, Project Shield, Galileo…)", null, false },
                    { "rtbh", "Upstream", "Remote-triggered blackhole", "Agujero negro remoto (RTBH)", null, true },
                    { "scrubbing", "Vendor", "Scrubbing centre", "Centro de limpieza de tráfico", null, false },
                    { "site-offline", "Own", "Take the target site off line", "Sacar de línea el sitio atacado", null, false },
                    { "syn-cookies", "Own", "SYN cookies", "SYN cookies", null, false },
                    { "upstream-acl", "Upstream", "Upstream ACL or policer", "ACL o limitador del proveedor de tránsito", null, false },
                    { "waf-rule", "Own", "WAF or pattern rule", "Regla de WAF o por patrón", null, false }
                });

            migrationBuilder.CreateIndex(
                name: "IX_AssetLinks_OnId",
                table: "AssetLinks",
                column: "OnId");

            migrationBuilder.CreateIndex(
                name: "IX_AssetNames_Folded",
                table: "AssetNames",
                column: "Folded");

            migrationBuilder.CreateIndex(
                name: "IX_Assets_FoldedName",
                table: "Assets",
                column: "FoldedName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Assets_MemberId",
                table: "Assets",
                column: "MemberId");

            migrationBuilder.CreateIndex(
                name: "IX_Impacts_AssetId",
                table: "Impacts",
                column: "AssetId");

            migrationBuilder.CreateIndex(
                name: "IX_Impacts_ImpactId_Revision",
                table: "Impacts",
                columns: new[] { "ImpactId", "Revision" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Impacts_IncidentId_AssetId",
                table: "Impacts",
                columns: new[] { "IncidentId", "AssetId" });

            migrationBuilder.CreateIndex(
                name: "IX_IncidentChecklists_ChecklistId",
                table: "IncidentChecklists",
                column: "ChecklistId");

            migrationBuilder.CreateIndex(
                name: "IX_IncidentChecklists_IncidentId_ChecklistId",
                table: "IncidentChecklists",
                columns: new[] { "IncidentId", "ChecklistId" },
                unique: true,
                filter: "\"DetachedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_IncidentMitigations_MitigationId",
                table: "IncidentMitigations",
                column: "MitigationId");

            migrationBuilder.CreateIndex(
                name: "IX_Members_FoldedName",
                table: "Members",
                column: "FoldedName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Mitigations_ExpiresAt",
                table: "Mitigations",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_Mitigations_FoldedName",
                table: "Mitigations",
                column: "FoldedName",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Mitigations_Kind",
                table: "Mitigations",
                column: "Kind");

            migrationBuilder.CreateIndex(
                name: "IX_Mitigations_ReviewBy",
                table: "Mitigations",
                column: "ReviewBy");

            migrationBuilder.CreateIndex(
                name: "IX_MitigationScopes_AssetId",
                table: "MitigationScopes",
                column: "AssetId");

            migrationBuilder.CreateIndex(
                name: "IX_MitigationTemplates_Kind",
                table: "MitigationTemplates",
                column: "Kind");

            migrationBuilder.Sql("""
                CREATE FUNCTION refuse_rewriting_impacts() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'Impacts and the steps of mitigations are append-only.';
                END $$;
                CREATE TRIGGER "Impacts_AppendOnly" BEFORE UPDATE OR DELETE ON "Impacts"
                    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting_impacts();
                CREATE TRIGGER "Impacts_NoTruncate" BEFORE TRUNCATE ON "Impacts"
                    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_impacts();
                CREATE TRIGGER "MitigationSteps_AppendOnly" BEFORE UPDATE OR DELETE ON "MitigationSteps"
                    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting_impacts();
                CREATE TRIGGER "MitigationSteps_NoTruncate" BEFORE TRUNCATE ON "MitigationSteps"
                    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_impacts();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER "MitigationSteps_NoTruncate" ON "MitigationSteps";
                DROP TRIGGER "MitigationSteps_AppendOnly" ON "MitigationSteps";
                DROP TRIGGER "Impacts_NoTruncate" ON "Impacts";
                DROP TRIGGER "Impacts_AppendOnly" ON "Impacts";
                DROP FUNCTION refuse_rewriting_impacts();
                """);

            migrationBuilder.DropTable(
                name: "AssetLinks");

            migrationBuilder.DropTable(
                name: "AssetNames");

            migrationBuilder.DropTable(
                name: "ChecklistTicks");

            migrationBuilder.DropTable(
                name: "Impacts");

            migrationBuilder.DropTable(
                name: "IncidentMitigations");

            migrationBuilder.DropTable(
                name: "MitigationScopes");

            migrationBuilder.DropTable(
                name: "MitigationSteps");

            migrationBuilder.DropTable(
                name: "MitigationTemplates");

            migrationBuilder.DropTable(
                name: "IncidentChecklists");

            migrationBuilder.DropTable(
                name: "Assets");

            migrationBuilder.DropTable(
                name: "Mitigations");

            migrationBuilder.DropTable(
                name: "Checklists");

            migrationBuilder.DropTable(
                name: "Members");

            migrationBuilder.DropTable(
                name: "MitigationKinds");

            migrationBuilder.DropColumn(
                name: "Links",
                table: "TimelineEntries");
        }
    }
}

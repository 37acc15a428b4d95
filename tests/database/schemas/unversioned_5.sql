-- Written by the program as of commit fa14340, which gave the schema no version.
BEGIN TRANSACTION;
CREATE TABLE assets (
	file_name VARCHAR NOT NULL, 
	original_name TEXT NOT NULL, 
	source_url TEXT NOT NULL, 
	media_type VARCHAR, 
	size INTEGER, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (file_name)
);
INSERT INTO "assets" VALUES('45aa295a-71c4-4ca2-8405-3c5cc6d65135.jpg','flux_sign_diffusion.jpg','https://assets.rapidata.ai/flux_sign_diffusion.jpg',NULL,NULL,1800000120.0);
INSERT INTO "assets" VALUES('eb115cfa-c98c-45f5-99bb-9776dbfe08c1.jpg','mj_sign_diffusion.jpg','https://assets.rapidata.ai/mj_sign_diffusion.jpg',NULL,NULL,1800000120.0);
CREATE TABLE assignments (
	job_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	user_score DOUBLE NOT NULL, 
	position INTEGER, 
	due DOUBLE NOT NULL, 
	answered INTEGER NOT NULL, 
	PRIMARY KEY (job_id, labeler_id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "assignments" VALUES('job_4b463f28def6','sim_00000',0.9128,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_4b463f28def6','sim_00001',0.6853,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_4b463f28def6','sim_00002',0.8051,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_4b463f28def6','sim_00003',0.6866,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_4b463f28def6','sim_00004',0.8589,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_4b463f28def6','sim_00005',0.8946,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_89dcc9fb0c97','sim_00000',0.6,NULL,11.0,0);
INSERT INTO "assignments" VALUES('job_89dcc9fb0c97','sim_00001',0.6,NULL,11.0,0);
INSERT INTO "assignments" VALUES('job_89dcc9fb0c97','sim_00002',0.6,NULL,11.0,1);
INSERT INTO "assignments" VALUES('job_89dcc9fb0c97','sim_00003',0.6,NULL,11.0,0);
INSERT INTO "assignments" VALUES('job_89dcc9fb0c97','sim_00004',0.6,NULL,11.0,0);
INSERT INTO "assignments" VALUES('job_89dcc9fb0c97','sim_00005',0.6,NULL,11.0,1);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00000',0.9128,1,8.05154538967337352062e-01,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00001',0.6853,0,9.05674757806924746184e-01,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00002',0.8051,0,1.37213475423790476348e+00,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00003',0.6866,1,9.97612642989994413689e-01,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00004',0.8589,2,1.04757912406934372562e+00,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00005',0.8946,1,5.5981303356928935333e-01,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00006',0.8725,0,5.93809599249439101775e-01,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00007',0.8061,2,7.51575745374866377446e-01,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00008',0.7177,1,9.19927636102428225584e-01,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00009',0.7929,0,1.02698329979208446971e+00,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00010',0.815,0,8.48696527811789724893e-01,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00011',0.7714,2,1.1185461062443657898e+00,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00012',0.8861,1,9.2939176425216074584e-01,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00013',0.8656,0,1.02484886572837674556e+00,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00014',0.7068,2,1.02450466928311878511e+00,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00015',0.7307,2,8.65264966756693842953e-01,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00016',0.8712,0,9.34680351701759670746e-01,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00017',0.8185,2,1.35712701344745401144e+00,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00018',0.7812,1,8.23904633901935135043e-01,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00019',0.0352,1,1.00413968966643518676e+00,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00020',0.4345,0,7.00255238191342277431e-01,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00021',0.9082,2,0.894842569373396,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00022',0.7888,1,1.16846008112801502676e+00,0);
INSERT INTO "assignments" VALUES('job_f80daa2be433','sim_00023',0.6593,2,5.61014513171106732336e-01,0);
CREATE TABLE audiences (
	id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	base_id VARCHAR, 
	name TEXT NOT NULL, 
	description TEXT, 
	status VARCHAR NOT NULL, 
	filters JSON NOT NULL, 
	graduation_rule JSON NOT NULL, 
	leave_after INTEGER, 
	drop_min_responses INTEGER NOT NULL, 
	drop_score DOUBLE NOT NULL, 
	created_at DOUBLE NOT NULL, 
	recruiting_since DOUBLE, 
	crowd_size INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "audiences" VALUES('global','global',NULL,'Global','Everyone: the broadest pool of labelers, ready for any simple task.','Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 10, "maxTasks": null}',NULL,3,0.2,0.0,NULL,0);
INSERT INTO "audiences" VALUES('aud_alignment','curated',NULL,'Alignment','Labelers trained to judge how well an image or video follows its prompt.','Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 10, "maxTasks": null}',NULL,3,0.2,0.0,NULL,0);
INSERT INTO "audiences" VALUES('aud_f0f37a08547c','custom',NULL,'Readers',NULL,'Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 3, "maxTasks": 3}',10,3,0.2,1800000000.0,1800000000.0,6);
INSERT INTO "audiences" VALUES('aud_4a82ddf20f53','custom',NULL,'Empty',NULL,'Created','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 3, "maxTasks": 3}',10,3,0.2,1800000120.0,NULL,0);
CREATE TABLE batch_uploads (
	id VARCHAR NOT NULL, 
	correlation_id VARCHAR, 
	outcomes JSON NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "batch_uploads" VALUES('bup_f0b12256c8c3','e164d339-621b-493f-8d0f-722150832577','[{"url": "https://assets.rapidata.ai/flux_sign_diffusion.jpg", "status": "Completed", "fileName": "45aa295a-71c4-4ca2-8405-3c5cc6d65135.jpg", "warnings": []}, {"url": "https://assets.rapidata.ai/mj_sign_diffusion.jpg", "status": "Completed", "fileName": "eb115cfa-c98c-45f5-99bb-9776dbfe08c1.jpg", "warnings": []}]');
CREATE TABLE candidates (
	audience_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	answered INTEGER NOT NULL, 
	correct INTEGER NOT NULL, 
	joined_at DOUBLE NOT NULL, 
	decided_at DOUBLE, 
	next_due DOUBLE, 
	PRIMARY KEY (audience_id, labeler_id), 
	FOREIGN KEY(audience_id) REFERENCES audiences (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "candidates" VALUES('aud_f0f37a08547c','sim_00000','Graduated',3,3,1.80000000111571812622e+09,1.80000000300448966027e+09,NULL);
INSERT INTO "candidates" VALUES('aud_f0f37a08547c','sim_00001','Graduated',3,3,1.80000000096890282628e+09,1.80000000244893932337e+09,NULL);
INSERT INTO "candidates" VALUES('aud_f0f37a08547c','sim_00002','Graduated',3,3,1.80000000127692317969e+09,1.80000000390286517141e+09,NULL);
INSERT INTO "candidates" VALUES('aud_f0f37a08547c','sim_00003','Graduated',3,3,1.80000000104728817944e+09,1.80000000322962069509e+09,NULL);
INSERT INTO "candidates" VALUES('aud_f0f37a08547c','sim_00004','Graduated',3,3,1.80000000011881685253e+09,1.80000000138400983815e+09,NULL);
INSERT INTO "candidates" VALUES('aud_f0f37a08547c','sim_00005','Graduated',3,3,1.80000000127751970295e+09,1.80000000282727646823e+09,NULL);
CREATE TABLE datapoints (
	id VARCHAR NOT NULL, 
	dataset_id VARCHAR NOT NULL, 
	sort_index INTEGER NOT NULL, 
	arrived_at DOUBLE NOT NULL, 
	item_names JSON NOT NULL, 
	context TEXT, 
	segments JSON, 
	group_name VARCHAR, 
	private_metadata JSON, 
	PRIMARY KEY (id), 
	FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE CASCADE
);
INSERT INTO "datapoints" VALUES('dpt_1900b95ea18d','dst_8277d61e9188',0,1800000120.0,'["first text 0", "second text 0"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "first text 0"}, {"_t": "TextAssetInput", "text": "second text 0"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_fbc647ef645e','dst_8277d61e9188',1,1800000120.0,'["first text 1", "second text 1"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "first text 1"}, {"_t": "TextAssetInput", "text": "second text 1"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_6bf8354b6f78','dst_8277d61e9188',2,1800000120.0,'["first text 2", "second text 2"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "first text 2"}, {"_t": "TextAssetInput", "text": "second text 2"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_05caf839c906','dst_162d067caf5b',0,1800000120.0,'["45aa295a-71c4-4ca2-8405-3c5cc6d65135.jpg", "eb115cfa-c98c-45f5-99bb-9776dbfe08c1.jpg"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "ExistingAssetInput", "name": "45aa295a-71c4-4ca2-8405-3c5cc6d65135.jpg"}, {"_t": "ExistingAssetInput", "name": "eb115cfa-c98c-45f5-99bb-9776dbfe08c1.jpg"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_1cbc4fccdf31','dst_b2cde94c7899',0,1800000154.0,'["a", "b"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "a"}, {"_t": "TextAssetInput", "text": "b"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_4de666fa32a7','dst_f22dcf047560',0,1800000164.0,'["one 0", "two 0"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "one 0"}, {"_t": "TextAssetInput", "text": "two 0"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_5f8f404b72c1','dst_f22dcf047560',1,1800000164.0,'["one 1", "two 1"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "one 1"}, {"_t": "TextAssetInput", "text": "two 1"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_467890d86c2f','dst_f22dcf047560',2,1800000164.0,'["one 2", "two 2"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "one 2"}, {"_t": "TextAssetInput", "text": "two 2"}]}}]',NULL,'null');
CREATE TABLE dataset_groups (
	dataset_id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	context TEXT, 
	segments JSON NOT NULL, 
	PRIMARY KEY (dataset_id, name), 
	FOREIGN KEY(dataset_id) REFERENCES datasets (id) ON DELETE CASCADE
);
INSERT INTO "dataset_groups" VALUES('dst_162d067caf5b','dataset_groups_name','dataset_groups_context','[]');
CREATE TABLE datasets (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	schema JSON, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "datasets" VALUES('dst_8277d61e9188','Texts_dataset','null',1800000120.0);
INSERT INTO "datasets" VALUES('dst_162d067caf5b','Pictures_dataset','null',1800000120.0);
INSERT INTO "datasets" VALUES('dst_b2cde94c7899','Draft_dataset','null',1800000154.0);
INSERT INTO "datasets" VALUES('dst_f22dcf047560','Halfway_dataset','null',1800000164.0);
CREATE TABLE definitions (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	created_at DOUBLE NOT NULL, 
	deleted_at DOUBLE, 
	PRIMARY KEY (id)
);
INSERT INTO "definitions" VALUES('jdf_e875703c83e5','Texts',1800000120.0,NULL);
INSERT INTO "definitions" VALUES('jdf_f307b92a5d16','Pictures',1800000120.0,NULL);
INSERT INTO "definitions" VALUES('jdf_0016d5e3f844','Draft',1800000154.0,NULL);
INSERT INTO "definitions" VALUES('jdf_a9beb292456c','Halfway',1800000164.0,NULL);
CREATE TABLE example_responses (
	example_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	correct BOOLEAN NOT NULL, 
	at DOUBLE NOT NULL, 
	PRIMARY KEY (example_id, labeler_id), 
	FOREIGN KEY(example_id) REFERENCES examples (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "example_responses" VALUES('exm_ae6b64a24639','sim_00004',1,1.8000000005405478478e+09);
INSERT INTO "example_responses" VALUES('exm_2d46983006ed','sim_00004',1,1.80000000096227884289e+09);
INSERT INTO "example_responses" VALUES('exm_d7700154675b','sim_00004',1,1.80000000138400983815e+09);
INSERT INTO "example_responses" VALUES('exm_ae6b64a24639','sim_00001',1,1.80000000146224832528e+09);
INSERT INTO "example_responses" VALUES('exm_ae6b64a24639','sim_00000',1,1.80000000174530863754e+09);
INSERT INTO "example_responses" VALUES('exm_ae6b64a24639','sim_00003',1,1.80000000177473235126e+09);
INSERT INTO "example_responses" VALUES('exm_ae6b64a24639','sim_00005',1,1.80000000179410529141e+09);
INSERT INTO "example_responses" VALUES('exm_2d46983006ed','sim_00001',1,1.80000000195559382437e+09);
INSERT INTO "example_responses" VALUES('exm_ae6b64a24639','sim_00002',1,1.80000000215223717684e+09);
INSERT INTO "example_responses" VALUES('exm_2d46983006ed','sim_00005',1,1.80000000231069087978e+09);
INSERT INTO "example_responses" VALUES('exm_2d46983006ed','sim_00000',1,1.80000000237489914895e+09);
INSERT INTO "example_responses" VALUES('exm_d7700154675b','sim_00001',1,1.80000000244893932337e+09);
INSERT INTO "example_responses" VALUES('exm_2d46983006ed','sim_00003',1,1.80000000250217652326e+09);
INSERT INTO "example_responses" VALUES('exm_d7700154675b','sim_00005',1,1.80000000282727646823e+09);
INSERT INTO "example_responses" VALUES('exm_d7700154675b','sim_00000',1,1.80000000300448966027e+09);
INSERT INTO "example_responses" VALUES('exm_2d46983006ed','sim_00002',1,1.80000000302755117417e+09);
INSERT INTO "example_responses" VALUES('exm_d7700154675b','sim_00003',1,1.80000000322962069509e+09);
INSERT INTO "example_responses" VALUES('exm_d7700154675b','sim_00002',1,1.80000000390286517141e+09);
CREATE TABLE examples (
	id VARCHAR NOT NULL, 
	audience_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	body JSON NOT NULL, 
	correct_count INTEGER NOT NULL, 
	incorrect_count INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(audience_id) REFERENCES audiences (id) ON DELETE CASCADE
);
INSERT INTO "examples" VALUES('exm_2d46983006ed','aud_f0f37a08547c',0,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 0"}, {"_t": "TextAssetInput", "text": "muddled answer 0"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 0"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
INSERT INTO "examples" VALUES('exm_ae6b64a24639','aud_f0f37a08547c',1,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 1"}, {"_t": "TextAssetInput", "text": "muddled answer 1"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 1"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
INSERT INTO "examples" VALUES('exm_d7700154675b','aud_f0f37a08547c',2,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 2"}, {"_t": "TextAssetInput", "text": "muddled answer 2"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 2"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
CREATE TABLE job_datapoints (
	job_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	datapoint_id VARCHAR NOT NULL, 
	settled BOOLEAN NOT NULL, 
	PRIMARY KEY (job_id, position), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
INSERT INTO "job_datapoints" VALUES('job_4b463f28def6',0,'dpt_1900b95ea18d',1);
INSERT INTO "job_datapoints" VALUES('job_4b463f28def6',1,'dpt_fbc647ef645e',1);
INSERT INTO "job_datapoints" VALUES('job_4b463f28def6',2,'dpt_6bf8354b6f78',1);
INSERT INTO "job_datapoints" VALUES('job_89dcc9fb0c97',0,'dpt_05caf839c906',1);
INSERT INTO "job_datapoints" VALUES('job_f80daa2be433',0,'dpt_4de666fa32a7',0);
INSERT INTO "job_datapoints" VALUES('job_f80daa2be433',1,'dpt_5f8f404b72c1',0);
INSERT INTO "job_datapoints" VALUES('job_f80daa2be433',2,'dpt_467890d86c2f',0);
CREATE TABLE jobs (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	definition_id VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	audience_id VARCHAR NOT NULL, 
	pipeline_id VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	created_at DOUBLE NOT NULL, 
	completed_at DOUBLE, 
	running_since DOUBLE, 
	ran_for DOUBLE NOT NULL, 
	pace DOUBLE NOT NULL, 
	datapoint_count INTEGER NOT NULL, 
	settled_count INTEGER NOT NULL, 
	response_count INTEGER NOT NULL, 
	simulated_count INTEGER NOT NULL, 
	cost DOUBLE DEFAULT '0' NOT NULL, 
	preceding_job_id VARCHAR, 
	failed_at DOUBLE, 
	failure_message TEXT, 
	review_reason VARCHAR, 
	stale_at_end BOOLEAN, 
	deleted_at DOUBLE, 
	PRIMARY KEY (id)
);
INSERT INTO "jobs" VALUES('job_4b463f28def6','Texts:1','jdf_e875703c83e5',1,'global','ppl_05cf69ab55d5','Completed',1800000136.0,1.80000013752493286129e+09,NULL,1.5249328811856290855e+00,1.0,3,3,9,9,0.09,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "jobs" VALUES('job_89dcc9fb0c97','Pictures:1','jdf_f307b92a5d16',1,'aud_f0f37a08547c','ppl_1aa21463adf4','Completed',1800000154.0,1.80000015459209203715e+09,NULL,5.92091996230438177839e-01,1.0,1,1,2,2,0.02,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "jobs" VALUES('job_f80daa2be433','Halfway:1','jdf_a9beb292456c',1,'global','ppl_1d01dbd1f523','Paused',1800000180.0,NULL,NULL,0.5,1.0,3,0,0,0,0.0,NULL,NULL,NULL,NULL,0,NULL);
CREATE TABLE labelers (
	id VARCHAR NOT NULL, 
	simulated BOOLEAN NOT NULL, 
	country VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	age VARCHAR NOT NULL, 
	gender VARCHAR NOT NULL, 
	occupation VARCHAR NOT NULL, 
	device VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "labelers" VALUES('sim_00000',1,'MX','es','65+','Female','Self-employed','Phone');
INSERT INTO "labelers" VALUES('sim_00001',1,'ES','es','40-49','Male','Student','Phone');
INSERT INTO "labelers" VALUES('sim_00002',1,'ID','id','65+','Female','Student','Tablet');
INSERT INTO "labelers" VALUES('sim_00003',1,'MX','es','40-49','Male','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00004',1,'IN','en','18-29','Male','Student','Tablet');
INSERT INTO "labelers" VALUES('sim_00005',1,'MX','es','40-49','Female','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00006',1,'DE','de','65+','Female','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00007',1,'FR','fr','65+','Male','Retired','Phone');
INSERT INTO "labelers" VALUES('sim_00008',1,'SE','sv','50-64','Male','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00009',1,'DE','de','18-29','Female','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00010',1,'US','en','18-29','Male','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00011',1,'CO','es','30-39','Male','Student','Tablet');
INSERT INTO "labelers" VALUES('sim_00012',1,'RO','ro','18-29','Male','Retired','Phone');
INSERT INTO "labelers" VALUES('sim_00013',1,'MX','es','30-39','Female','Retired','Phone');
INSERT INTO "labelers" VALUES('sim_00014',1,'FR','fr','50-64','Male','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00015',1,'ES','es','40-49','Male','Other','Phone');
INSERT INTO "labelers" VALUES('sim_00016',1,'MA','ar','65+','Male','Self-employed','Phone');
INSERT INTO "labelers" VALUES('sim_00017',1,'MY','ms','40-49','Female','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00018',1,'IN','en','65+','Female','Employed','Phone');
INSERT INTO "labelers" VALUES('sim_00019',1,'MA','ar','50-64','Female','Self-employed','Phone');
INSERT INTO "labelers" VALUES('sim_00020',1,'PH','en','65+','Female','Student','Phone');
INSERT INTO "labelers" VALUES('sim_00021',1,'FR','fr','65+','Male','Employed','Unknown');
INSERT INTO "labelers" VALUES('sim_00022',1,'KE','en','65+','Female','Retired','Phone');
INSERT INTO "labelers" VALUES('sim_00023',1,'TR','tr','30-39','Female','Employed','Tablet');
CREATE TABLE ledger (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	begun_at DOUBLE NOT NULL, 
	owner VARCHAR, 
	notes JSON NOT NULL, 
	settled_at DOUBLE, 
	made_id VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "ledger" VALUES(1,'5b1b885c6cd8a5cf652ea0bcb17e2ea624d1a7bb9f6c0f8f0a85230bee8f2e5f','audience',1800000000.0,NULL,'{}',1800000000.0,'aud_f0f37a08547c');
INSERT INTO "ledger" VALUES(2,'0bc633e682c6c9bc24aa4336d9616cf9209518c2bc9a52fc59ffd53d96cc9c09','audience',1800000120.0,NULL,'{}',1800000120.0,'aud_4a82ddf20f53');
INSERT INTO "ledger" VALUES(3,'0a55ebfe8bc8a023a102a4755f126315db51036bbf4f2d094c8be54df1a56f9a','definition',1800000120.0,NULL,'{"dataset_id": "dst_8277d61e9188"}',1800000120.0,'jdf_e875703c83e5');
INSERT INTO "ledger" VALUES(4,'65e92539ea426859761d7481232bb4b69ef47abbfa697ac0d3a29238d0e75c3a','definition',1800000120.0,NULL,'{"dataset_id": "dst_162d067caf5b"}',1800000120.0,'jdf_f307b92a5d16');
INSERT INTO "ledger" VALUES(5,'a0fb07788a4079b2d2a132754606c83cf71f2c9bd9da0c5f2200dc1f43ed78dd','job',1800000136.0,NULL,'{}',1800000136.0,'job_4b463f28def6');
INSERT INTO "ledger" VALUES(6,'b4e2d9140a155ed06c48ed0c391befbf118414ec8af4b0216c2f76e9d29779a2','job',1800000154.0,NULL,'{}',1800000154.0,'job_89dcc9fb0c97');
INSERT INTO "ledger" VALUES(7,'9744e0113a286266affac58b429cc023b1afef1011f8daf815be53a18f71fe3d','definition',1800000154.0,NULL,'{"dataset_id": "dst_b2cde94c7899"}',1800000154.0,'jdf_0016d5e3f844');
INSERT INTO "ledger" VALUES(8,'d155e9f0a60412e2ef2d7df0814d76cd86d489946829058b0d7b80785ebcb075','definition',1800000164.0,NULL,'{"dataset_id": "dst_f22dcf047560"}',1800000164.0,'jdf_a9beb292456c');
INSERT INTO "ledger" VALUES(9,'66e5070678a8c774846ddff360d80e8155eb8cecc98fa38d8ff947aa9262f9cf','job',1800000180.0,NULL,'{}',1800000180.0,'job_f80daa2be433');
CREATE TABLE preliminary_downloads (
	id VARCHAR NOT NULL, 
	job_id VARCHAR NOT NULL, 
	asked BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
INSERT INTO "preliminary_downloads" VALUES('preliminary_downloads_id','job_4b463f28def6',0);
CREATE TABLE quotes (
	id VARCHAR NOT NULL, 
	account VARCHAR NOT NULL, 
	job_definition_id VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	audience_id VARCHAR NOT NULL, 
	run_after VARCHAR NOT NULL, 
	repeat BOOLEAN NOT NULL, 
	estimate DOUBLE NOT NULL, 
	shortfall DOUBLE NOT NULL, 
	question TEXT NOT NULL, 
	expires_at DOUBLE NOT NULL, 
	state VARCHAR NOT NULL, 
	job_id VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "quotes" VALUES('quo_488e9f967baa3d3275ecfe9a','local','jdf_e875703c83e5',1,'global','',0,0.09,0.0,'Start "Texts" on "Global", 3 pairs, about 9 responses at most, estimated at $0.09 (a few late responses can add to it) of a balance of $50.00? This is a rehearsal: its labelers are simulated, not people.',1800001030.0,'used','job_4b463f28def6');
INSERT INTO "quotes" VALUES('quo_95117973ce13f5003458b738','local','jdf_f307b92a5d16',1,'aud_f0f37a08547c','',0,0.02,0.0,'Start "Pictures" on "Readers", 1 pair, about 2 responses at most, estimated at $0.02 (a few late responses can add to it) of a balance of $49.91? This is a rehearsal: its labelers are simulated, not people.',1800001048.0,'used','job_89dcc9fb0c97');
INSERT INTO "quotes" VALUES('quo_8faca9ea80c866c7f78ac114','local','jdf_0016d5e3f844',1,'global','',0,0.1,0.0,'Start "Draft" on "Global", 1 pair, about 10 responses at most, estimated at $0.10 (a few late responses can add to it) of a balance of $49.91? This is a rehearsal: its labelers are simulated, not people.',1800001064.0,'open',NULL);
INSERT INTO "quotes" VALUES('quo_7d40704dddf2a8f420c9efa9','local','jdf_a9beb292456c',1,'global','',0,0.36,0.0,'Start "Halfway" on "Global", 3 pairs, about 36 responses at most, estimated at $0.36 (a few late responses can add to it) of a balance of $49.89? This is a rehearsal: its labelers are simulated, not people.',1800001074.0,'used','job_f80daa2be433');
CREATE TABLE responses (
	id INTEGER NOT NULL, 
	job_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	choice INTEGER NOT NULL, 
	answer JSON, 
	user_score DOUBLE NOT NULL, 
	simulated BOOLEAN NOT NULL, 
	at DOUBLE NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "responses" VALUES(1,'job_4b463f28def6',1,'sim_00005',1,NULL,0.8946,1,1.80000013653212189669e+09);
INSERT INTO "responses" VALUES(2,'job_4b463f28def6',1,'sim_00004',1,NULL,0.8589,1,1.80000013656091547012e+09);
INSERT INTO "responses" VALUES(3,'job_4b463f28def6',0,'sim_00003',0,NULL,0.6866,1,1.80000013666689801213e+09);
INSERT INTO "responses" VALUES(4,'job_4b463f28def6',0,'sim_00001',0,NULL,0.6853,1,1.80000013668556213377e+09);
INSERT INTO "responses" VALUES(5,'job_4b463f28def6',2,'sim_00004',0,NULL,0.8589,1,1.80000013682129597668e+09);
INSERT INTO "responses" VALUES(6,'job_4b463f28def6',0,'sim_00005',0,NULL,0.8946,1,1.80000013698975253103e+09);
INSERT INTO "responses" VALUES(7,'job_4b463f28def6',2,'sim_00000',0,NULL,0.9128,1,1.80000013704464125637e+09);
INSERT INTO "responses" VALUES(8,'job_4b463f28def6',1,'sim_00003',1,NULL,0.6866,1,1.80000013730355644227e+09);
INSERT INTO "responses" VALUES(9,'job_4b463f28def6',2,'sim_00002',0,NULL,0.8051,1,1.80000013752493286129e+09);
INSERT INTO "responses" VALUES(10,'job_89dcc9fb0c97',0,'sim_00005',0,NULL,0.6,1,1.80000015454913139343e+09);
INSERT INTO "responses" VALUES(11,'job_89dcc9fb0c97',0,'sim_00002',0,NULL,0.6,1,1.80000015459209203715e+09);
CREATE TABLE revisions (
	definition_id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	pipeline_id VARCHAR NOT NULL, 
	dataset_id VARCHAR NOT NULL, 
	workflow JSON NOT NULL, 
	referee JSON NOT NULL, 
	feature_flags JSON NOT NULL, 
	campaign_feature_flags JSON NOT NULL, 
	aggregator_type VARCHAR, 
	validation_set_id VARCHAR, 
	base_revision_number INTEGER, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (definition_id, number), 
	FOREIGN KEY(definition_id) REFERENCES definitions (id) ON DELETE CASCADE, 
	FOREIGN KEY(dataset_id) REFERENCES datasets (id)
);
INSERT INTO "revisions" VALUES('jdf_e875703c83e5',1,'ppl_9fdecdc7867a','dst_8277d61e9188','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which reads better?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 3}','[]','[]',NULL,NULL,NULL,1800000120.0);
INSERT INTO "revisions" VALUES('jdf_f307b92a5d16',1,'ppl_fd1c91ba0ee7','dst_162d067caf5b','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is nicer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 2}','[]','[]',NULL,NULL,NULL,1800000120.0);
INSERT INTO "revisions" VALUES('jdf_0016d5e3f844',1,'ppl_184a91ff3ab0','dst_b2cde94c7899','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is longer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 10}','[]','[]',NULL,NULL,NULL,1800000154.0);
INSERT INTO "revisions" VALUES('jdf_a9beb292456c',1,'ppl_4ef85f5dda56','dst_f22dcf047560','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is clearer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 12}','[]','[]',NULL,NULL,NULL,1800000164.0);
CREATE TABLE spends (
	"key" VARCHAR NOT NULL, 
	account VARCHAR NOT NULL, 
	day VARCHAR NOT NULL, 
	estimate DOUBLE NOT NULL, 
	job_id VARCHAR, 
	PRIMARY KEY ("key")
);
INSERT INTO "spends" VALUES('start 5','local','2027-01-15',0.09,'job_4b463f28def6');
INSERT INTO "spends" VALUES('start 6','local','2027-01-15',0.02,'job_89dcc9fb0c97');
INSERT INTO "spends" VALUES('start 9','local','2027-01-15',0.36,'job_f80daa2be433');
CREATE TABLE uploads (
	account VARCHAR NOT NULL, 
	source TEXT NOT NULL, 
	file_name VARCHAR NOT NULL, 
	PRIMARY KEY (account, source)
);
INSERT INTO "uploads" VALUES('local','https://assets.rapidata.ai/flux_sign_diffusion.jpg','45aa295a-71c4-4ca2-8405-3c5cc6d65135.jpg');
INSERT INTO "uploads" VALUES('local','https://assets.rapidata.ai/mj_sign_diffusion.jpg','eb115cfa-c98c-45f5-99bb-9776dbfe08c1.jpg');
CREATE INDEX ix_batch_uploads_correlation_id ON batch_uploads (correlation_id);
CREATE INDEX ix_jobs_pipeline_id ON jobs (pipeline_id);
CREATE INDEX examples_by_audience ON examples (audience_id, position);
CREATE INDEX candidates_due ON candidates (audience_id, next_due);
CREATE INDEX datapoints_in_order ON datapoints (dataset_id, sort_index, arrived_at);
CREATE INDEX job_datapoints_open ON job_datapoints (job_id, settled, position);
CREATE UNIQUE INDEX one_response_each ON responses (job_id, position, labeler_id);
CREATE INDEX ix_ledger_key ON ledger ("key");
CREATE INDEX ix_spends_job_id ON spends (job_id);
CREATE INDEX ix_spends_day ON spends (day);
COMMIT;

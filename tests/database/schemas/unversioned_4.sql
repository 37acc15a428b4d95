-- Written by the program as of commit 4c78c2e, which gave the schema no version.
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
INSERT INTO "assets" VALUES('c120dd0a-fd09-493b-9264-859dbb9393e8.jpg','flux_sign_diffusion.jpg','https://assets.rapidata.ai/flux_sign_diffusion.jpg',NULL,NULL,1800000120.0);
INSERT INTO "assets" VALUES('b3ab2ab6-a7de-40e0-9aae-cf97bf7b80fa.jpg','mj_sign_diffusion.jpg','https://assets.rapidata.ai/mj_sign_diffusion.jpg',NULL,NULL,1800000120.0);
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
INSERT INTO "assignments" VALUES('job_adb9869f7934','sim_00000',0.9128,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_adb9869f7934','sim_00001',0.6853,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_adb9869f7934','sim_00002',0.8051,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_adb9869f7934','sim_00003',0.6866,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_adb9869f7934','sim_00004',0.8589,NULL,3.0,2);
INSERT INTO "assignments" VALUES('job_adb9869f7934','sim_00005',0.8946,NULL,3.0,1);
INSERT INTO "assignments" VALUES('job_35f8820477e9','sim_00000',0.6,NULL,11.0,1);
INSERT INTO "assignments" VALUES('job_35f8820477e9','sim_00001',0.6,NULL,11.0,1);
INSERT INTO "assignments" VALUES('job_35f8820477e9','sim_00002',0.6,NULL,11.0,0);
INSERT INTO "assignments" VALUES('job_35f8820477e9','sim_00003',0.6,NULL,11.0,0);
INSERT INTO "assignments" VALUES('job_35f8820477e9','sim_00005',0.6,NULL,11.0,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00000',0.9128,0,8.58719116291036921317e-01,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00001',0.6853,2,0.699078934991467,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00002',0.8051,1,1.42507019452971261941e+00,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00003',0.6866,0,1.13050422979966680436e+00,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00004',0.8589,0,6.82330567310107216627e-01,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00005',0.8946,1,8.71348090257771601407e-01,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00006',0.8725,1,5.55329641089990611035e-01,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00007',0.8061,0,1.04828381851409568881e+00,1);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00008',0.7177,2,1.44507038914811758445e+00,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00009',0.7929,1,1.32088252071265221943e+00,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00010',0.815,0,1.00367638895223931783e+00,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00011',0.7714,1,1.58371704257891110501e+00,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00012',0.8861,0,7.59959600729861461942e-01,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00013',0.8656,1,7.17668090347398868189e-01,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00014',0.7068,0,0.857141419747913,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00015',0.7307,2,1.13200568112135235843e+00,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00016',0.8712,0,6.93937876597904290676e-01,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00017',0.8185,2,1.42537907285230280862e+00,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00018',0.7812,2,7.95938586825164273719e-01,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00019',0.0352,1,9.03943561192779410085e-01,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00020',0.4345,2,1.00474376670139742273e+00,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00021',0.9082,2,9.91884676227109074453e-01,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00022',0.7888,2,1.5113556235179177456e+00,0);
INSERT INTO "assignments" VALUES('job_0e804e444ba4','sim_00023',0.6593,0,8.51966525892454473734e-01,0);
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
INSERT INTO "audiences" VALUES('aud_1469a485561a','custom',NULL,'Readers',NULL,'Ready','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 3, "maxTasks": 3}',10,3,0.2,1800000000.0,1800000000.0,6);
INSERT INTO "audiences" VALUES('aud_3c41ed67baf3','custom',NULL,'Empty',NULL,'Created','[]','{"_t": "TaskAccuracy", "targetAccuracy": 0.75, "minTasks": 3, "maxTasks": 3}',10,3,0.2,1800000120.0,NULL,0);
CREATE TABLE batch_uploads (
	id VARCHAR NOT NULL, 
	correlation_id VARCHAR, 
	outcomes JSON NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "batch_uploads" VALUES('bup_7eed2b394ba3','2dacabbb-cc97-478c-9367-474449f11853','[{"url": "https://assets.rapidata.ai/flux_sign_diffusion.jpg", "status": "Completed", "fileName": "c120dd0a-fd09-493b-9264-859dbb9393e8.jpg", "warnings": []}, {"url": "https://assets.rapidata.ai/mj_sign_diffusion.jpg", "status": "Completed", "fileName": "b3ab2ab6-a7de-40e0-9aae-cf97bf7b80fa.jpg", "warnings": []}]');
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
INSERT INTO "candidates" VALUES('aud_1469a485561a','sim_00000','Graduated',3,3,1.80000000062667512897e+09,1.80000000251544666285e+09,NULL);
INSERT INTO "candidates" VALUES('aud_1469a485561a','sim_00001','Graduated',3,3,1.8000000011642668247e+09,1.80000000264430332179e+09,NULL);
INSERT INTO "candidates" VALUES('aud_1469a485561a','sim_00002','Graduated',3,3,1.80000000119118905069e+09,1.80000000381713104249e+09,NULL);
INSERT INTO "candidates" VALUES('aud_1469a485561a','sim_00003','Graduated',3,3,1.80000000091786813739e+09,1.80000000310020065313e+09,NULL);
INSERT INTO "candidates" VALUES('aud_1469a485561a','sim_00004','DroppedLowScore',3,2,1.80000000101792383203e+09,1.80000000228311681747e+09,NULL);
INSERT INTO "candidates" VALUES('aud_1469a485561a','sim_00005','Graduated',3,3,1.80000000079074025157e+09,1.80000000234049701685e+09,NULL);
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
INSERT INTO "datapoints" VALUES('dpt_75100ca59a77','dst_aba69b89ee0e',0,1800000120.0,'["first text 0", "second text 0"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "first text 0"}, {"_t": "TextAssetInput", "text": "second text 0"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_9d598d01f37c','dst_aba69b89ee0e',1,1800000120.0,'["first text 1", "second text 1"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "first text 1"}, {"_t": "TextAssetInput", "text": "second text 1"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_5536c030d00d','dst_aba69b89ee0e',2,1800000120.0,'["first text 2", "second text 2"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "first text 2"}, {"_t": "TextAssetInput", "text": "second text 2"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_0d63b93c67bf','dst_61f1fe16ba71',0,1800000120.0,'["c120dd0a-fd09-493b-9264-859dbb9393e8.jpg", "b3ab2ab6-a7de-40e0-9aae-cf97bf7b80fa.jpg"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "ExistingAssetInput", "name": "c120dd0a-fd09-493b-9264-859dbb9393e8.jpg"}, {"_t": "ExistingAssetInput", "name": "b3ab2ab6-a7de-40e0-9aae-cf97bf7b80fa.jpg"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_5e650773243a','dst_5e9c2ae3c930',0,1800000154.0,'["a", "b"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "a"}, {"_t": "TextAssetInput", "text": "b"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_7ce9f5b94278','dst_73961a7229d5',0,1800000164.0,'["one 0", "two 0"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "one 0"}, {"_t": "TextAssetInput", "text": "two 0"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_382ca552734c','dst_73961a7229d5',1,1800000164.0,'["one 1", "two 1"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "one 1"}, {"_t": "TextAssetInput", "text": "two 1"}]}}]',NULL,'null');
INSERT INTO "datapoints" VALUES('dpt_4674ce91b4da','dst_73961a7229d5',2,1800000164.0,'["one 2", "two 2"]',NULL,'[{"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "one 2"}, {"_t": "TextAssetInput", "text": "two 2"}]}}]',NULL,'null');
CREATE TABLE datasets (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	schema JSON, 
	created_at DOUBLE NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "datasets" VALUES('dst_aba69b89ee0e','Texts_dataset','null',1800000120.0);
INSERT INTO "datasets" VALUES('dst_61f1fe16ba71','Pictures_dataset','null',1800000120.0);
INSERT INTO "datasets" VALUES('dst_5e9c2ae3c930','Draft_dataset','null',1800000154.0);
INSERT INTO "datasets" VALUES('dst_73961a7229d5','Halfway_dataset','null',1800000164.0);
CREATE TABLE definitions (
	id VARCHAR NOT NULL, 
	name TEXT NOT NULL, 
	created_at DOUBLE NOT NULL, 
	deleted_at DOUBLE, 
	PRIMARY KEY (id)
);
INSERT INTO "definitions" VALUES('jdf_63774d9f1087','Texts',1800000120.0,NULL);
INSERT INTO "definitions" VALUES('jdf_da133ad6b0ad','Pictures',1800000120.0,NULL);
INSERT INTO "definitions" VALUES('jdf_1b99dc9d5be8','Draft',1800000154.0,NULL);
INSERT INTO "definitions" VALUES('jdf_14ac8ba7e0ec','Halfway',1800000164.0,NULL);
CREATE TABLE example_responses (
	example_id VARCHAR NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	correct BOOLEAN NOT NULL, 
	at DOUBLE NOT NULL, 
	PRIMARY KEY (example_id, labeler_id), 
	FOREIGN KEY(example_id) REFERENCES examples (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "example_responses" VALUES('exm_9dafc9816687','sim_00000',1,1.80000000125626564029e+09);
INSERT INTO "example_responses" VALUES('exm_b08ce84587c3','sim_00005',1,1.80000000130732583994e+09);
INSERT INTO "example_responses" VALUES('exm_9dafc9816687','sim_00004',1,1.80000000143965482712e+09);
INSERT INTO "example_responses" VALUES('exm_b08ce84587c3','sim_00003',1,1.80000000164531230931e+09);
INSERT INTO "example_responses" VALUES('exm_b08ce84587c3','sim_00001',1,1.8000000016576123237e+09);
INSERT INTO "example_responses" VALUES('exm_9dafc9816687','sim_00005',1,1.80000000182391142839e+09);
INSERT INTO "example_responses" VALUES('exm_a57afdb0fe86','sim_00004',1,1.80000000186138582238e+09);
INSERT INTO "example_responses" VALUES('exm_a57afdb0fe86','sim_00000',1,1.80000000188585615153e+09);
INSERT INTO "example_responses" VALUES('exm_9dafc9816687','sim_00002',1,1.80000000206650304793e+09);
INSERT INTO "example_responses" VALUES('exm_9dafc9816687','sim_00001',1,1.80000000215095782279e+09);
INSERT INTO "example_responses" VALUES('exm_b08ce84587c3','sim_00004',0,1.80000000228311681747e+09);
INSERT INTO "example_responses" VALUES('exm_a57afdb0fe86','sim_00005',1,1.80000000234049701685e+09);
INSERT INTO "example_responses" VALUES('exm_9dafc9816687','sim_00003',1,1.80000000237275648113e+09);
INSERT INTO "example_responses" VALUES('exm_b08ce84587c3','sim_00000',1,1.80000000251544666285e+09);
INSERT INTO "example_responses" VALUES('exm_a57afdb0fe86','sim_00001',1,1.80000000264430332179e+09);
INSERT INTO "example_responses" VALUES('exm_a57afdb0fe86','sim_00002',1,1.80000000294181704526e+09);
INSERT INTO "example_responses" VALUES('exm_a57afdb0fe86','sim_00003',1,1.80000000310020065313e+09);
INSERT INTO "example_responses" VALUES('exm_b08ce84587c3','sim_00002',1,1.80000000381713104249e+09);
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
INSERT INTO "examples" VALUES('exm_b08ce84587c3','aud_1469a485561a',0,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 0"}, {"_t": "TextAssetInput", "text": "muddled answer 0"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 0"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',5,1);
INSERT INTO "examples" VALUES('exm_a57afdb0fe86','aud_1469a485561a',1,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 1"}, {"_t": "TextAssetInput", "text": "muddled answer 1"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 1"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
INSERT INTO "examples" VALUES('exm_9dafc9816687','aud_1469a485561a',2,'{"asset": {"_t": "MultiAssetInput", "assets": [{"_t": "TextAssetInput", "text": "clear answer 2"}, {"_t": "TextAssetInput", "text": "muddled answer 2"}]}, "payload": {"_t": "CompareExamplePayload", "criteria": "Which image follows the prompt more accurately?"}, "truth": {"_t": "CompareExampleTruth", "winnerId": "clear answer 2"}, "randomCorrectProbability": 0.5, "explanation": null, "context": null, "contextAsset": null, "featureFlags": null, "sortIndex": null, "isCommonSense": null, "flagIfIncorrect": null, "visibility": null}',6,0);
CREATE TABLE job_datapoints (
	job_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	datapoint_id VARCHAR NOT NULL, 
	settled BOOLEAN NOT NULL, 
	PRIMARY KEY (job_id, position), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
INSERT INTO "job_datapoints" VALUES('job_adb9869f7934',0,'dpt_75100ca59a77',1);
INSERT INTO "job_datapoints" VALUES('job_adb9869f7934',1,'dpt_9d598d01f37c',1);
INSERT INTO "job_datapoints" VALUES('job_adb9869f7934',2,'dpt_5536c030d00d',1);
INSERT INTO "job_datapoints" VALUES('job_35f8820477e9',0,'dpt_0d63b93c67bf',1);
INSERT INTO "job_datapoints" VALUES('job_0e804e444ba4',0,'dpt_7ce9f5b94278',0);
INSERT INTO "job_datapoints" VALUES('job_0e804e444ba4',1,'dpt_382ca552734c',0);
INSERT INTO "job_datapoints" VALUES('job_0e804e444ba4',2,'dpt_4674ce91b4da',0);
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
INSERT INTO "jobs" VALUES('job_adb9869f7934','Texts:1','jdf_63774d9f1087',1,'global','ppl_c8a731e79ecc','Completed',1800000136.0,1.80000013755530142781e+09,NULL,1.55530136645476946277e+00,1.0,3,3,11,11,0.11,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "jobs" VALUES('job_35f8820477e9','Pictures:1','jdf_da133ad6b0ad',1,'aud_1469a485561a','ppl_1b991941c133','Completed',1800000154.0,1.80000015458720159528e+09,NULL,5.87201693860782913958e-01,1.0,1,1,2,2,0.02,NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "jobs" VALUES('job_0e804e444ba4','Halfway:1','jdf_14ac8ba7e0ec',1,'global','ppl_f1bd4bac7648','Paused',1800000180.0,NULL,NULL,0.5,1.0,3,0,1,1,0.01,NULL,NULL,NULL,NULL,0,NULL);
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
INSERT INTO "ledger" VALUES(1,'5b1b885c6cd8a5cf652ea0bcb17e2ea624d1a7bb9f6c0f8f0a85230bee8f2e5f','audience',1800000000.0,NULL,'{}',1800000000.0,'aud_1469a485561a');
INSERT INTO "ledger" VALUES(2,'0bc633e682c6c9bc24aa4336d9616cf9209518c2bc9a52fc59ffd53d96cc9c09','audience',1800000120.0,NULL,'{}',1800000120.0,'aud_3c41ed67baf3');
INSERT INTO "ledger" VALUES(3,'0a55ebfe8bc8a023a102a4755f126315db51036bbf4f2d094c8be54df1a56f9a','definition',1800000120.0,NULL,'{"dataset_id": "dst_aba69b89ee0e"}',1800000120.0,'jdf_63774d9f1087');
INSERT INTO "ledger" VALUES(4,'65e92539ea426859761d7481232bb4b69ef47abbfa697ac0d3a29238d0e75c3a','definition',1800000120.0,NULL,'{"dataset_id": "dst_61f1fe16ba71"}',1800000120.0,'jdf_da133ad6b0ad');
INSERT INTO "ledger" VALUES(5,'a4853943571530a0433c16ba9de5f101b97c97188b3c89091e03222d337c37f7','job',1800000136.0,NULL,'{}',1800000136.0,'job_adb9869f7934');
INSERT INTO "ledger" VALUES(6,'6efac48738cce36e87c648a8d69c94e447454b4ebcb673d9a4902af64c033a5c','job',1800000154.0,NULL,'{}',1800000154.0,'job_35f8820477e9');
INSERT INTO "ledger" VALUES(7,'9744e0113a286266affac58b429cc023b1afef1011f8daf815be53a18f71fe3d','definition',1800000154.0,NULL,'{"dataset_id": "dst_5e9c2ae3c930"}',1800000154.0,'jdf_1b99dc9d5be8');
INSERT INTO "ledger" VALUES(8,'d155e9f0a60412e2ef2d7df0814d76cd86d489946829058b0d7b80785ebcb075','definition',1800000164.0,NULL,'{"dataset_id": "dst_73961a7229d5"}',1800000164.0,'jdf_14ac8ba7e0ec');
INSERT INTO "ledger" VALUES(9,'26248bb51aab2d8a2a0e44d55580cb275b8a399047962c0c5c0aaecd42cd0ed2','job',1800000180.0,NULL,'{}',1800000180.0,'job_0e804e444ba4');
CREATE TABLE preliminary_downloads (
	id VARCHAR NOT NULL, 
	job_id VARCHAR NOT NULL, 
	asked BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
INSERT INTO "preliminary_downloads" VALUES('preliminary_downloads_id','job_0e804e444ba4',0);
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
INSERT INTO "quotes" VALUES('quo_730c84641d388f9d200c61f8','local','jdf_63774d9f1087',1,'global','',0,0.09,0.0,'Start "Texts" on "Global", 3 pairs, up to about 9 responses, $0.09? Balance: $50.00.',1800001030.0,'used','job_adb9869f7934');
INSERT INTO "quotes" VALUES('quo_74eddf5072db8f8a872aca98','local','jdf_da133ad6b0ad',1,'aud_1469a485561a','',0,0.02,0.0,'Start "Pictures" on "Readers", 1 pair, up to about 2 responses, $0.02? Balance: $49.89.',1800001048.0,'used','job_35f8820477e9');
INSERT INTO "quotes" VALUES('quo_f92415d34eaf7362dfa0205d','local','jdf_1b99dc9d5be8',1,'global','',0,0.1,0.0,'Start "Draft" on "Global", 1 pair, up to about 10 responses, $0.10? Balance: $49.87.',1800001064.0,'open',NULL);
INSERT INTO "quotes" VALUES('quo_af1ba5b3a600949019c7efa8','local','jdf_14ac8ba7e0ec',1,'global','',0,0.36,0.0,'Start "Halfway" on "Global", 3 pairs, up to about 36 responses, $0.36? Balance: $49.87.',1800001074.0,'used','job_0e804e444ba4');
CREATE TABLE responses (
	id INTEGER NOT NULL, 
	job_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	labeler_id VARCHAR NOT NULL, 
	choice INTEGER NOT NULL, 
	user_score DOUBLE NOT NULL, 
	simulated BOOLEAN NOT NULL, 
	at DOUBLE NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE, 
	FOREIGN KEY(labeler_id) REFERENCES labelers (id)
);
INSERT INTO "responses" VALUES(1,'job_adb9869f7934',1,'sim_00003',1,0.6866,1,1.8000001366339912415e+09);
INSERT INTO "responses" VALUES(2,'job_adb9869f7934',2,'sim_00001',0,0.6853,1,1.80000013666221380242e+09);
INSERT INTO "responses" VALUES(3,'job_adb9869f7934',0,'sim_00002',0,0.8051,1,1.80000013680590391154e+09);
INSERT INTO "responses" VALUES(4,'job_adb9869f7934',1,'sim_00004',1,0.8589,1,1.80000013688549757003e+09);
INSERT INTO "responses" VALUES(5,'job_adb9869f7934',0,'sim_00000',0,0.9128,1,1.80000013692389798161e+09);
INSERT INTO "responses" VALUES(6,'job_adb9869f7934',2,'sim_00005',0,0.8946,1,1.80000013701790523533e+09);
INSERT INTO "responses" VALUES(7,'job_adb9869f7934',1,'sim_00001',1,0.6853,1,1.80000013712881422045e+09);
INSERT INTO "responses" VALUES(8,'job_adb9869f7934',0,'sim_00004',0,0.8589,1,1.80000013744088220597e+09);
INSERT INTO "responses" VALUES(9,'job_adb9869f7934',2,'sim_00002',0,0.8051,1,1.8000001374965076446e+09);
INSERT INTO "responses" VALUES(10,'job_adb9869f7934',0,'sim_00003',0,0.6866,1,1.80000013751321029653e+09);
INSERT INTO "responses" VALUES(11,'job_adb9869f7934',1,'sim_00000',1,0.9128,1,1.80000013755530142781e+09);
INSERT INTO "responses" VALUES(12,'job_35f8820477e9',0,'sim_00000',0,0.6,1,1.80000015445688152319e+09);
INSERT INTO "responses" VALUES(13,'job_35f8820477e9',0,'sim_00001',0,0.6,1,1.80000015458720159528e+09);
INSERT INTO "responses" VALUES(14,'job_0e804e444ba4',1,'sim_00007',0,0.8061,1,1.8000001804740605355e+09);
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
INSERT INTO "revisions" VALUES('jdf_63774d9f1087',1,'ppl_6d6475a64e4b','dst_aba69b89ee0e','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which reads better?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 3}','[]','[]',NULL,NULL,NULL,1800000120.0);
INSERT INTO "revisions" VALUES('jdf_da133ad6b0ad',1,'ppl_68c47f0ad6ed','dst_61f1fe16ba71','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is nicer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 2}','[]','[]',NULL,NULL,NULL,1800000120.0);
INSERT INTO "revisions" VALUES('jdf_1b99dc9d5be8',1,'ppl_81a78a2aedeb','dst_5e9c2ae3c930','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is longer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 10}','[]','[]',NULL,NULL,NULL,1800000154.0);
INSERT INTO "revisions" VALUES('jdf_14ac8ba7e0ec',1,'ppl_bba49f292416','dst_73961a7229d5','{"_t": "SimpleWorkflow", "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which is clearer?", "segment": null, "language": null}, "indexIdentifiers": null, "context": null, "contextAssets": null}, "batchSize": null, "featureFlags": null}','{"_t": "NaiveReferee", "totalVotes": 12}','[]','[]',NULL,NULL,NULL,1800000164.0);
CREATE TABLE spends (
	"key" VARCHAR NOT NULL, 
	account VARCHAR NOT NULL, 
	day VARCHAR NOT NULL, 
	estimate DOUBLE NOT NULL, 
	job_id VARCHAR, 
	PRIMARY KEY ("key")
);
INSERT INTO "spends" VALUES('start 5','local','2027-01-15',0.09,'job_adb9869f7934');
INSERT INTO "spends" VALUES('start 6','local','2027-01-15',0.02,'job_35f8820477e9');
INSERT INTO "spends" VALUES('start 9','local','2027-01-15',0.36,'job_0e804e444ba4');
CREATE TABLE uploads (
	account VARCHAR NOT NULL, 
	source TEXT NOT NULL, 
	file_name VARCHAR NOT NULL, 
	PRIMARY KEY (account, source)
);
INSERT INTO "uploads" VALUES('local','https://assets.rapidata.ai/flux_sign_diffusion.jpg','c120dd0a-fd09-493b-9264-859dbb9393e8.jpg');
INSERT INTO "uploads" VALUES('local','https://assets.rapidata.ai/mj_sign_diffusion.jpg','b3ab2ab6-a7de-40e0-9aae-cf97bf7b80fa.jpg');
CREATE INDEX ix_batch_uploads_correlation_id ON batch_uploads (correlation_id);
CREATE INDEX ix_jobs_pipeline_id ON jobs (pipeline_id);
CREATE INDEX examples_by_audience ON examples (audience_id, position);
CREATE INDEX candidates_due ON candidates (audience_id, next_due);
CREATE INDEX datapoints_in_order ON datapoints (dataset_id, sort_index, arrived_at);
CREATE INDEX job_datapoints_open ON job_datapoints (job_id, settled, position);
CREATE UNIQUE INDEX one_response_each ON responses (job_id, position, labeler_id);
CREATE INDEX ix_ledger_key ON ledger ("key");
CREATE INDEX ix_spends_day ON spends (day);
CREATE INDEX ix_spends_job_id ON spends (job_id);
COMMIT;
